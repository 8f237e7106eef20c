// From a line of the check list to the place in the text that it speaks of.

/** `spot`: "table-2-3-1" (table, row, column; 0: none), "figure-2" or "text-" and how the text begins. True if it was found. */
export function goTo(editor, spot, isTable, openPicture) {
  const [kind, ...rest] = spot.split("-")
  if (kind === "table") return toTable(editor, isTable, ...rest.map(Number))
  if (kind === "figure") return toFigure(editor, Number(rest[0]), openPicture)
  return toText(editor, rest.join("-"))
}

function nth(doc, fits, number) {
  let left = number
  let found = null
  doc.descendants((node, pos) => {
    if (!found && fits(node) && --left === 0) found = { node, pos }
    return !found && node.type.name !== "table"
  })
  return found
}

function show(editor, pos) {
  editor.view.nodeDOM(pos)?.scrollIntoView?.({ block: "center" })
}

function toTable(editor, isTable, number, row, column) {
  const table = nth(editor.state.doc, (node) => node.type.name === "table" && isTable(node), number)
  if (!table) return false
  const line = table.node.maybeChild(Math.max(row, 1) - 1) ?? table.node.firstChild
  let pos = table.pos + 1
  table.node.forEach((node, offset) => node === line && (pos = table.pos + 1 + offset))
  let cell = pos + 1
  let left = column || (row ? Infinity : 1) // a row that lacks cells lacks them at its end
  line.forEach((node, offset) => {
    if (left > 0) cell = pos + 1 + offset
    left -= node.attrs.colspan ?? 1
  })
  editor.chain().focus(cell + 2).run()
  show(editor, cell)
  return true
}

function toFigure(editor, number, openPicture) {
  const figure = nth(editor.state.doc, (node) => node.type.name === "figure", number)
  if (!figure) return false
  editor.chain().focus().setNodeSelection(figure.pos).run()
  show(editor, figure.pos)
  openPicture()
  return true
}

const simple = (text) => text.replace(/\s+/g, " ").trim()

function toText(editor, excerpt) {
  const wanted = simple(excerpt.replace(/…$/, ""))
  if (!wanted) return false
  const place = nth(editor.state.doc, (node) => node.isTextblock && simple(node.textBetween(0, node.content.size, " ", " ")).includes(wanted), 1)
  if (!place) return false
  editor.chain().focus(place.pos + 1).run()
  show(editor, place.pos)
  return true
}

/** True if the rows of the table cover different numbers of columns. */
export function isBroken(table) {
  const widths = Array(table.childCount).fill(0)
  table.forEach((row, _, y) => {
    row.forEach(({ attrs }) => {
      for (let down = y; down < Math.min(y + (attrs.rowspan ?? 1), widths.length); down++) widths[down] += attrs.colspan ?? 1
    })
  })
  return new Set(widths).size > 1
}
