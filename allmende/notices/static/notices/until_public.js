// Between approval and provision lie some seconds: the page is fetched again until it is public, less and less often, and is only
// exchanged where something has changed. It stops by itself; the link beside it always works.
const LONGEST = 60_000
const parts = "main .a-thread, main .a-state"
let pause = 2_000

async function look() {
  if (!document.hidden) {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null)
    if (answer?.ok && !answer.redirected) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html")
      if (!fresh.querySelector("[data-until-public]")) return location.reload()
      const shown = [...document.querySelectorAll(parts)], now = [...fresh.querySelectorAll(parts)]
      shown.forEach((part, n) => now[n] && part.innerHTML !== now[n].innerHTML && part.replaceWith(now[n]))
    }
  }
  pause = Math.min(pause * 1.5, LONGEST)
  setTimeout(look, pause)
}

setTimeout(look, pause)
