// Saves a draft by itself, some seconds after the last change, and says in words how it stands. Nothing leaves the page
// before it has arrived: a log-in that has ended meanwhile costs no text.

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
    window.addEventListener("pageshow", () => {
      this.leaving = this.passing = false
    })
    window.addEventListener("focus", () => this.waitsForLogin && this.save()) // back from logging in
  }

  changed() {
    this.dirty = true
    if (this.stopped) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), WAIT)
  }

  /** A button was pressed, once or twice: first what is written arrives, then the button does what it says, once. */
  async submit(event) {
    if ((this.passing || this.stopped) && !this.leaving) {
      this.passing = false
      this.leaving = true
      return
    }
    event.preventDefault()
    if (this.pressed || this.leaving) return
    this.pressed = true
    const button = event.submitter
    clearTimeout(this.timer)
    await this.running
    const outcome = await this.save()
    this.pressed = false
    if (["saved", "conflict", "refused"].includes(outcome)) {
      this.passing = true
      this.form.requestSubmit(button)
    }
  }

  /** "saved", "refused" (the server says why), "conflict", "closed" (no draft any more), "gone" (no log-in), "offline". */
  save() {
    this.running ??= this.send().finally(() => {
      this.running = null
    })
    return this.running
  }

  async send(again = false) {
    clearTimeout(this.timer)
    this.dirty = false
    this.say(this.words.saving)
    let response
    try {
      const target = this.form.dataset.autosave ?? this.address()
      response = await fetch(target, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" } })
    } catch {
      this.fail(this.words.offline)
      this.timer = setTimeout(() => this.save(), AGAIN)
      return "offline"
    }
    if (response.redirected || !response.headers.get("Content-Type")?.startsWith("application/json")) {
      if (response.status === 400 || response.status === 413) return this.fail(this.words.toobig, "gone")
      if (!again && (await this.renew())) return this.send(true)
      this.offerLogin()
      return "gone"
    }
    const answer = await response.json()
    if (!response.ok) {
      if (answer.conflict) return this.offerBoth(answer.error)
      if (answer.closed) return this.close(answer)
      return this.fail(answer.error, "refused")
    }
    this.waitsForLogin = false
    this.form.elements.version.value = answer.version
    if (answer.edit) this.becomeDraft(answer)
    document.getElementById("pruefliste").innerHTML = answer.checks // rendered by our server, every text escaped; so is what follows
    this.count()
    const changed = document.getElementById("geaendert")
    if (changed) changed.innerHTML = answer.changed
    const heading = document.getElementById("ueberschrift")
    document.title = document.title.replace(heading.textContent.trim(), () => answer.title)
    heading.textContent = answer.title
    this.say(answer.saved)
    if (answer.unread) {
      this.dirty = true // one field is not saved: whoever leaves is asked
      this.status.classList.add("is-bad")
    }
    return "saved"
  }

  /** How many points are open, wherever the page says it. */
  count() {
    const words = document.querySelector("[data-counted]").textContent
    for (const place of document.querySelectorAll("[data-counted-too]")) place.textContent = words
  }

  address() {
    return this.form.getAttribute("action") ?? location.pathname
  }

  /** Whoever has logged in again has another token for forms: fetch it from the page as it would be now. */
  async renew() {
    try {
      const response = await fetch(this.address(), { headers: { Accept: "text/html" } })
      const page = new DOMParser().parseFromString(await response.text(), "text/html")
      const token = page.querySelector("#entwurf [name=csrfmiddlewaretoken]")?.value
      if (response.ok && token) this.form.elements.csrfmiddlewaretoken.value = token
      return Boolean(response.ok && token)
    } catch {
      return false
    }
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

  fail(reason, outcome) {
    this.dirty = true
    this.status.textContent = `${this.words.unsaved} ${reason}`
    this.status.classList.add("is-bad")
    return outcome
  }

  offerLogin() {
    this.waitsForLogin = true
    this.fail(this.words.gone)
    const link = Object.assign(document.createElement("a"), { href: this.words.login, target: "_blank", rel: "noopener" })
    link.textContent = this.words.tologin
    this.status.append(" ", link)
  }

  /** Submitted, decided or given up meanwhile: nothing can be sent from here any more; what is written can still be copied. */
  close({ error, closed, link }) {
    this.fail(error)
    this.stopped = true
    const way = Object.assign(document.createElement("a"), { href: link })
    way.textContent = closed
    this.status.append(" ", way)
    for (const button of this.form.querySelectorAll("button[type=submit]")) button.disabled = true
    this.closed?.()
    return "closed"
  }

  /** Somebody else has saved: nothing is sent by itself any more; the button shows both. */
  offerBoth(reason) {
    this.fail(reason)
    this.stopped = true
    const button = document.createElement("button")
    button.type = "submit"
    button.name = "speichern"
    button.value = "1"
    button.className = "n-both"
    button.textContent = this.words.both
    this.status.append(" ", button)
    return "conflict"
  }
}
