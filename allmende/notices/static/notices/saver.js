// Saves a draft by itself, some seconds after the last change, and says in words how it stands.

const WAIT = 3000 // milliseconds after the last change
const AGAIN = 30000 // after the server did not answer

export class Saver {
  constructor(form, words) {
    this.form = form
    this.words = words
    this.status = document.getElementById("gespeichert")
    this.dirty = false
    this.running = null
    this.timer = 0
    this.stopped = "conflict" in form.dataset
  }

  start() {
    this.form.addEventListener("input", () => this.changed())
    this.form.addEventListener("submit", (event) => this.submit(event))
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.leaving) event.preventDefault()
    })
  }

  changed() {
    this.dirty = true
    if (this.stopped) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), WAIT)
  }

  /** A button was pressed: what is on its way arrives first, else we would be our own second editor. */
  submit(event) {
    clearTimeout(this.timer)
    if (this.running) {
      event.preventDefault()
      const button = event.submitter
      this.running.finally(() => this.form.requestSubmit(button))
      return
    }
    this.leaving = true
  }

  save() {
    if (!this.running) {
      this.running = this.send().finally(() => {
        this.running = null
      })
    }
    return this.running
  }

  async send() {
    this.dirty = false
    this.say(this.words.saving)
    let response
    try {
      const target = this.form.dataset.autosave ?? this.form.getAttribute("action") ?? location.pathname
      response = await fetch(target, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" } })
    } catch {
      this.fail(this.words.offline)
      this.timer = setTimeout(() => this.save(), AGAIN)
      return
    }
    if (response.redirected || !response.headers.get("Content-Type")?.startsWith("application/json")) {
      this.fail(this.words.gone)
      return
    }
    const answer = await response.json()
    if (!response.ok) {
      this.fail(answer.error)
      if (answer.conflict) this.offerBoth()
      return
    }
    this.form.elements.version.value = answer.version
    if (answer.edit) this.becomeDraft(answer)
    document.getElementById("pruefliste").innerHTML = answer.checks // rendered by our server, every text escaped
    this.say(answer.saved)
  }

  /** The first save of a new notice gives it an address. */
  becomeDraft({ edit, autosave, pictures }) {
    this.form.setAttribute("action", edit)
    Object.assign(this.form.dataset, { autosave, pictures })
    history.replaceState(null, "", edit)
  }

  say(text) {
    this.status.textContent = text
    this.status.classList.remove("is-bad")
  }

  fail(reason) {
    this.dirty = true
    this.status.textContent = `${this.words.unsaved} ${reason}`
    this.status.classList.add("is-bad")
  }

  /** Somebody else has saved: nothing is sent by itself any more; the button shows both. */
  offerBoth() {
    this.stopped = true
    const button = document.createElement("button")
    button.type = "submit"
    button.name = "speichern"
    button.value = "1"
    button.className = "n-both"
    button.textContent = this.words.both
    this.status.append(" ", button)
  }
}
