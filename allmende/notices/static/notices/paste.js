// What is pasted, before the editor reads it: Word's faked lists become lists, headings start at level 2. What a notice
// cannot hold is left out and counted, so that the page can say it; where a picture was, a note in square brackets stands,
// which the check list does not let pass (lib/richtext/checks.py). `style` is renamed first: parsed under our policy it
// would be refused and reported line by line. What is pasted comes from anywhere: no expression here looks for an end from
// every beginning, since that takes time by the square of the length where the ends are missing.

const ITEM = /mso-list\s*:\s*l\d+\s+level(\d+)/i
const MARKER = /mso-list\s*:\s*ignore/i
const MOST = 60 // columns, as lib/richtext/limits.py
const RAISED = { 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹", "+": "⁺", "-": "⁻" }
const LOWERED = { 0: "₀", 1: "₁", 2: "₂", 3: "₃", 4: "₄", 5: "₅", 6: "₆", 7: "₇", 8: "₈", 9: "₉", "+": "₊", "-": "₋" }

/**
 * `own`: where the pictures of this notice lie. `first`: number of the next picture that is missing. `title`: of the notice,
 * where the text begins with what is pasted; null where something stands before it.
 * Returns the cleaned HTML, what was left out ({kind: how often}), the pictures that are missing ([{number, src}], in their
 * order) and the rows that lacked cells ([{table, row, tables}], counted from 1 in what was pasted; `tables`: how many there are).
 */
export function cleanPaste(html, own, first = 1, title = null) {
  const lost = {}
  const count = (kind, times = 1) => times && (lost[kind] = (lost[kind] ?? 0) + times)
  const boxes = textBoxes(html)
  const page = new DOMParser().parseFromString(quiet(html), "text/html")
  count("embedded", page.querySelectorAll("object, iframe, embed, video, audio, svg, canvas").length)
  for (const element of page.querySelectorAll("script, style, link, meta, svg, object, iframe, embed, video, audio, canvas")) element.remove()
  revisions(page, count)
  notes(page, count)
  const missing = pictures(page, own, first, boxes, count)
  marks(page)
  raised(page)
  lists(page)
  headings(page, count, title)
  const rows = tables(page, count)
  for (const line of page.querySelectorAll("p")) {
    if (!line.textContent.trim() && !line.querySelector("img") && !line.closest("td, th")) line.remove() // distance by empty lines
  }
  for (const element of page.body.querySelectorAll("[data-style]")) delete element.dataset.style
  return { html: page.body.innerHTML, lost, missing, rows }
}

function quiet(html) {
  const kept = without(html, /<(style|script|xml|head|title)\b/gi)
  const open = upTo("-->", kept, (text) => text.replace(/<!--[\s\S]*?-->/g, ""))
  const plain = open.replace(/<!\[[^\]<]*\]>/g, "").replace(/<\/?o:p>/gi, "")
  return upTo(">", plain, (text) =>
    text.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style)\s*=/gi, " data-style=").replace(/\son[a-z]+\s*=/gi, " data-off=")),
  )
}

/** Text boxes stand in a comment for Word itself; a picture of them stands in the page. Returns id of the shape -> its HTML. */
function textBoxes(html) {
  const found = new Map()
  upTo("<![endif]-->", html, (comments) => {
    for (const [, vml] of comments.matchAll(/<!--\[if gte vml 1\]>([\s\S]*?)<!\[endif\]-->/g)) {
      for (const { tag, inside } of elements(vml, /<(v:(?:shape|rect|roundrect|oval))\b[^>]*>/gi)) {
        const id = tag.match(/\sid=["']?([^"'\s>]+)/i)?.[1]
        const [box] = id ? elements(inside, /<(v:textbox)\b[^>]*>/gi) : []
        if (box) found.set(id, quiet(upTo("<![endif]>", box.inside, (text) => text.replace(/<!\[if !mso\]>[\s\S]*?<!\[endif\]>/g, ""))))
      }
    }
    return ""
  })
  return found
}

/** `change` the text up to the last `end`: what ends there is found from every beginning before it. The rest stays as it is. */
function upTo(end, text, change) {
  const last = text.lastIndexOf(end)
  return last < 0 ? text : change(text.slice(0, last + end.length)) + text.slice(last + end.length)
}

/** The elements whose opening tag is found by `opening` (its first group is the name) up to the next end of that name, in their order. */
function* elements(html, opening) {
  const source = html.slice(0, html.lastIndexOf(">") + 1)
  const endings = new Map() // name -> expression of its end; null where no end follows any more
  for (let start; (start = opening.exec(source)); ) {
    const name = start[1].toLowerCase()
    if (!endings.has(name)) endings.set(name, new RegExp(`</${name}\\s*>`, "gi"))
    const ending = endings.get(name)
    if (!ending) continue
    ending.lastIndex = opening.lastIndex
    const end = ending.exec(source)
    if (!end) {
      endings.set(name, null)
      continue
    }
    yield { tag: start[0], from: start.index, to: ending.lastIndex, inside: source.slice(opening.lastIndex, end.index) }
    opening.lastIndex = ending.lastIndex
  }
}

function without(html, opening) {
  const left = []
  let at = 0
  for (const { from, to } of elements(html, opening)) {
    left.push(html.slice(at, from))
    at = to
  }
  return left.join("") + html.slice(at)
}

/** What is deleted, hidden or a comment is no part of the text, and must not become one. */
function revisions(page, count) {
  const comments = page.querySelectorAll(".MsoCommentReference")
  count("comments", new Set([...comments].map((comment) => comment.textContent.trim())).size)
  for (const comment of comments) comment.remove()
  for (const element of page.querySelectorAll("[data-style], [hidden]")) {
    if (/mso-element\s*:\s*comment-list/i.test(style(element))) element.remove()
    else if (element.hidden || /display\s*:\s*none|mso-hide\s*:\s*all/i.test(style(element))) {
      if (element.isConnected && element.textContent.trim()) count("hidden")
      element.remove()
    }
  }
  for (const element of page.querySelectorAll("del")) {
    if (element.isConnected && element.textContent.trim()) count("deleted")
    element.remove()
  }
  for (const element of page.querySelectorAll("s, strike, span")) {
    const struck = element.localName !== "span" || isStruck(style(element))
    if (struck && element.textContent.trim() && !element.parentElement.closest("s, strike")) count("struck")
  }
}

function isStruck(style) {
  return style.toLowerCase().split(";").some((declaration) => {
    const from = declaration.indexOf("text-decoration")
    return from >= 0 && declaration.includes("line-through", from)
  })
}

/** The texts of footnotes stay, at the end; their numbers are not links any more. */
function notes(page, count) {
  for (const element of page.querySelectorAll("[data-style]")) {
    if (/mso-element\s*:\s*(footnote|endnote)\s*(;|$)/i.test(style(element))) count("footnotes")
  }
  for (const link of page.querySelectorAll('a[href*="#_ftn"], a[href*="#_edn"], a[href*="#sdfootnote"]')) link.replaceWith(...link.childNodes)
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

/** Pictures come in by upload only: of one that is not ours a note remains, and what stands in a text box. */
function pictures(page, own, first, boxes, count) {
  const missing = []
  for (const image of page.querySelectorAll("img")) {
    const src = image.getAttribute("src") ?? ""
    if (own && image.dataset.image && src.startsWith(own)) continue
    const box = boxes.get(image.getAttribute("v:shapes"))
    const point = ["width", "height"].some((side) => /^[012]$/.test(image.getAttribute(side) ?? ""))
    const block = image.closest("p, h1, h2, h3, h4, h5, h6, figure, li, td, th, div") ?? image
    if (box) {
      count("boxes")
      const inside = page.createElement("div")
      inside.append(...new DOMParser().parseFromString(box, "text/html").body.childNodes)
      block.after(inside)
    } else if (!point) {
      const number = first + missing.length
      const name = (image.getAttribute("alt") ?? "").replace(/[[\]\s]+/g, " ").trim().slice(0, 80)
      missing.push({ number, src, name })
      const note = page.createElement("p")
      note.textContent = noteOf(number, name)
      if (["LI", "TD", "TH", "DIV"].includes(block.tagName)) block.append(note)
      else block.after(note)
    }
    image.remove()
    if (block.tagName === "FIGURE" && !block.querySelector("img")) block.replaceWith(...block.childNodes)
  }
  return missing
}

/** In the language of the notice. The check list knows it by its beginning. */
export function noteOf(number, name = "") {
  return `[Hier fehlt Bild ${number}${name ? `: ${name}` : ""}]`
}

/** Bold and italic that are only a style become marks; a <b> that is not bold (some editors wrap everything in one) goes. */
function marks(page) {
  for (const bold of page.querySelectorAll("b, strong")) {
    if (/(?<![\w-])font-weight\s*:\s*(normal|[1-5]00)/i.test(style(bold))) rename(bold, "span")
  }
  for (const span of page.querySelectorAll("span")) {
    if (/(?<![\w-])font-weight\s*:\s*(bold|[6-9]00)/i.test(style(span))) wrap(span, "strong")
    if (/(?<![\w-])font-style\s*:\s*italic/i.test(style(span))) wrap(span, "em")
  }
}

function wrap(span, tag) {
  if (!span.textContent.trim()) return
  const mark = span.ownerDocument.createElement(tag)
  mark.append(...span.childNodes)
  span.append(mark)
}

/** m² and CO₂ keep their sense; other raised text stands on the line. */
function raised(page) {
  for (const [tag, signs] of [["sup", RAISED], ["sub", LOWERED]]) {
    for (const element of page.querySelectorAll(tag)) {
      const walker = page.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/[\d+-]/g, (sign) => signs[sign])
    }
  }
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

/**
 * The title of the page is level 1: where one is pasted, all headings go one level down. At the beginning of the text the highest is
 * on the first level, and a heading that only says what the title says is left out: the title stands above it.
 */
function headings(page, count, title) {
  const all = "h1, h2, h3, h4, h5, h6"
  const opens = title !== null
  if (opens && wordsOf(title)) {
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode() && !walker.currentNode.data.trim());
    const heading = walker.currentNode.parentElement?.closest(all)
    if (heading && wordsOf(heading.textContent) === wordsOf(title)) {
      heading.remove()
      count("titled")
    }
  }
  for (const heading of page.querySelectorAll(all)) if (!heading.textContent.trim() && !heading.querySelector("img")) heading.remove()
  const found = [...page.querySelectorAll(all)]
  const highest = Math.min(...found.map((heading) => Number(heading.tagName[1])))
  const down = opens || highest === 1 ? 2 - highest : 0
  for (const heading of found) rename(heading, `h${Math.min(Math.max(Number(heading.tagName[1]) + down, 2), 4)}`)
}

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? ""

/** A cell holds lines of text. */
function tables(page, count) {
  for (const inner of [...page.querySelectorAll("td table, th table")].reverse()) {
    count("nested")
    const lines = [...inner.rows].map((row) => {
      const line = page.createElement("p")
      line.textContent = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join(" | ")
      return line
    })
    inner.replaceWith(...lines)
  }
  const counted = new Map() // list -> how many of its items have been seen
  for (const item of page.querySelectorAll("td li, th li")) {
    const list = item.parentElement
    if (list.tagName === "OL") counted.set(list, (counted.get(list) ?? 0) + 1)
    const number = counted.get(list) ?? 0
    const lead = [...item.childNodes].find((node) => node.textContent.trim()) ?? item
    const text = page.createTreeWalker(lead, NodeFilter.SHOW_TEXT).nextNode() ?? lead.firstChild ?? lead
    if (text.nodeType === Node.TEXT_NODE) text.data = `${number ? `${number}.` : "–"} ${text.data.trimStart()}`
  }
  for (const list of [...page.querySelectorAll("td ul, th ul, td ol, th ol")].reverse()) {
    const lines = [...list.children].map((item) => {
      if (item.querySelector("p")) return [...item.childNodes]
      const line = page.createElement("p")
      line.append(...item.childNodes)
      return [line]
    })
    list.replaceWith(...lines.flat())
  }
  return fillRows(page)
}

/** Written in place of a cell that a row lacks; the check list does not let it pass (lib/richtext/checks.py). */
export const GAP = "[Hier fehlt eine Zelle]"

/**
 * The editor would add empty cells to a row that lacks some, and nobody would see that the values may stand in the wrong column.
 * So a note stands in each, until somebody has looked. Returns the rows, as cleanPaste does.
 */
export function fillRows(page) {
  const all = [...page.querySelectorAll("table")].filter((table) => table.textContent.trim() && (table.rows.length > 1 || table.rows[0].cells.length > 1))
  return all.flatMap((table, index) => {
    const widths = widthsOf(table)
    const widest = Math.max(...widths)
    if (widest > MOST) return [] // no notice holds it: the server says so
    return widths.flatMap((width, y) => {
      if (width === widest) return []
      const row = table.rows[y]
      const head = row.cells.length && [...row.cells].every((cell) => cell.tagName === "TH")
      for (let missing = width; missing < widest; missing++) {
        const cell = row.appendChild(page.createElement(head ? "th" : "td"))
        cell.appendChild(page.createElement("p")).textContent = GAP
      }
      return [{ table: index + 1, row: y + 1, tables: all.length }]
    })
  })
}

/** How many columns each row covers. A row that holds nothing and is covered by nothing goes. */
function widthsOf(table) {
  const count = () => {
    const widths = [...table.rows].map(() => 0)
    ;[...table.rows].forEach((row, y) => {
      for (const cell of row.cells) {
        for (let down = y; down < Math.min(y + cell.rowSpan, widths.length); down++) widths[down] += cell.colSpan
      }
    })
    return widths
  }
  const empty = count().flatMap((width, y) => (width ? [] : [table.rows[y]]))
  for (const row of empty) row.remove()
  return count()
}
