// What is pasted, before the editor reads it: Word's faked lists become lists, headings start at level 2, foreign
// pictures go. `style` is renamed first: parsed under our policy it would be refused and reported line by line.

const ITEM = /mso-list\s*:\s*l\d+\s+level(\d+)/i
const MARKER = /mso-list\s*:\s*ignore/i

export function cleanPaste(html, pictures) {
  const quiet = html
    .replace(/<(style|script|xml|head|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^\]]*\]>/g, "")
    .replace(/<\/?o:p>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style)\s*=/gi, " data-style=").replace(/\son[a-z]+\s*=/gi, " data-off="))
  const page = new DOMParser().parseFromString(quiet, "text/html")
  for (const element of page.querySelectorAll("script, style, link, meta, svg, object, iframe")) element.remove()
  ownPicturesOnly(page, pictures)
  marks(page)
  lists(page)
  headings(page)
  for (const element of page.body.querySelectorAll("[data-style]")) delete element.dataset.style
  return page.body.innerHTML
}

function style(element) {
  return element.dataset?.style ?? ""
}

function rename(element, tag) {
  const other = element.ownerDocument.createElement(tag)
  other.append(...element.childNodes)
  if (element.dataset.style) other.dataset.style = element.dataset.style
  element.replaceWith(other)
  return other
}

/** Pictures come in by upload only: one of file:///, of another site, or of another notice says nothing to the reader. */
function ownPicturesOnly(page, pictures) {
  for (const image of page.querySelectorAll("img")) {
    const own = pictures && image.dataset.image && (image.getAttribute("src") ?? "").startsWith(pictures)
    if (!own) image.remove()
  }
}

/** Bold and italic that are only a style become marks; a <b> that is not bold (some editors wrap everything in one) goes. */
function marks(page) {
  for (const bold of page.querySelectorAll("b, strong")) {
    if (/font-weight\s*:\s*(normal|[1-5]00)/i.test(style(bold))) rename(bold, "span")
  }
  for (const span of page.querySelectorAll("span")) {
    if (/font-weight\s*:\s*(bold|[6-9]00)/i.test(style(span))) wrap(span, "strong")
    if (/font-style\s*:\s*italic/i.test(style(span))) wrap(span, "em")
  }
}

function wrap(span, tag) {
  if (!span.textContent.trim()) return
  const mark = span.ownerDocument.createElement(tag)
  mark.append(...span.childNodes)
  span.append(mark)
}

/** Word writes each item of a list as a paragraph with the level in its style and the marker as text. */
function lists(page) {
  for (const first of page.querySelectorAll("p")) {
    if (!first.isConnected || !ITEM.test(style(first))) continue
    const items = [first]
    for (let next = first.nextElementSibling; next && ITEM.test(style(next)); next = next.nextElementSibling) items.push(next)
    const open = [] // lists from the outermost to the innermost
    let outermost
    for (const item of items) {
      const level = Math.min(Math.max(Number(style(item).match(ITEM)[1]), 1), 6)
      const marker = take(item)
      const tag = /^\s*(\d+|[a-z])[.)]/i.test(marker) ? "ol" : "ul"
      while (open.length > level) open.pop()
      while (open.length < level) {
        const list = page.createElement(tag)
        const letter = marker.match(/^\s*([a-z])[.)]/i)
        if (tag === "ol" && letter) list.type = "a"
        const start = Number.parseInt(marker, 10)
        if (start > 1) list.start = start
        const above = open.at(-1)
        if (above) (above.lastElementChild ?? above.appendChild(page.createElement("li"))).append(list)
        outermost ??= list
        open.push(list)
      }
      const entry = page.createElement("li")
      const text = page.createElement("p")
      text.append(...item.childNodes)
      entry.append(text)
      open.at(-1).append(entry)
    }
    first.before(outermost)
    for (const item of items) item.remove()
  }
}

/** Take the marker out of an item and return its text. */
function take(item) {
  const marker = [...item.querySelectorAll("span")].find((span) => MARKER.test(style(span)))
  if (marker) {
    const text = marker.textContent
    marker.remove()
    return text
  }
  const walker = item.ownerDocument.createTreeWalker(item, NodeFilter.SHOW_TEXT)
  const first = walker.nextNode()
  const found = first?.data.match(/^\s*(?:[·•o§▪‣–-]|\d+[.)]|[a-z][.)])\s+/i)
  if (!found) return ""
  first.data = first.data.slice(found[0].length)
  return found[0]
}

/** The title of the page is level 1: where one is pasted, all headings go one level down. */
function headings(page) {
  const down = page.querySelector("h1") ? 1 : 0
  for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    rename(heading, `h${Math.min(Math.max(Number(heading.tagName[1]) + down, 2), 4)}`)
  }
}
