// How far an upload is. The form works without this; here it is sent by the page, so that the page can say something meanwhile.

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]").files[0]
    if (!file) return // the server says what is missing
    event.preventDefault()
    send(form, file)
  })
}

function send(form, file) {
  const words = form.dataset
  const error = form.querySelector("[role=alert]")
  const progress = form.querySelector(".f-progress")
  const bar = progress.querySelector("progress")
  const status = progress.querySelector("[role=status]")
  const button = form.querySelector("button[type=submit]")
  error.textContent = ""
  if (file.size > Number(words.most)) {
    error.textContent = words.large
    return
  }
  const data = new FormData(form) // before anything is switched off
  progress.hidden = false
  button.disabled = true
  let told = -1
  const fail = (sentence) => {
    progress.hidden = true
    button.disabled = false
    error.textContent = sentence
    button.focus()
  }
  const request = new XMLHttpRequest()
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const percent = Math.floor((loaded / total) * 100)
    bar.value = percent
    const tenth = Math.floor(percent / 10) * 10 // a screen reader is told ten times, not a hundred
    if (tenth !== told) {
      told = tenth
      status.textContent = words.progress.replace("{n}", tenth)
    }
  })
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value")
    status.textContent = words.looking
  })
  request.addEventListener("error", () => fail(words.offline))
  request.addEventListener("abort", () => fail(words.offline))
  request.addEventListener("load", () => {
    let answer = {}
    try {
      answer = JSON.parse(request.responseText)
    } catch {
      // a page, not an answer: no longer logged in, or the form has grown old
    }
    if (answer.next) {
      // The same page with another anchor would not be loaded anew.
      const here = new URL(answer.next, location.href)
      const same = here.pathname === location.pathname
      location.assign(here)
      if (same) location.reload()
    } else {
      fail(answer.error ?? (request.status === 413 ? words.large : words.gone))
    }
  })
  request.open("POST", location.href)
  request.setRequestHeader("Accept", "application/json")
  request.send(data)
}
