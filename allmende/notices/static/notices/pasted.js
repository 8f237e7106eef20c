// After a paste: pictures that the clipboard carries come in, and the page says in whole sentences what did not come along.

/** `tools`: {cleanPaste, noteOf, picturesOf, upload, describe(names, done)}, from the other files. */
export class Pasted {
  constructor({ editor, form, words, saver, box, tools }) {
    Object.assign(this, { editor, form, words, saver, box, tools, coming: new Set() })
  }

  /** Clean what is being pasted; the rest happens once it stands in the text. `clip`: see clipboard.js. */
  clean(html, clip) {
    const { html: cleaned, ...found } = this.tools.cleanPaste(html, this.form.dataset.pictures, this.nextNumber(), this.title())
    queueMicrotask(() => this.after(found, clip))
    return cleaned
  }

  /** Pictures alone, from the clipboard or dropped: notes stand for them until they are here. */
  insertFiles(files, at) {
    const missing = files.map((file, index) => ({ number: this.nextNumber() + index, src: "", name: "" }))
    const notes = missing.map(({ number }) => ({ type: "paragraph", content: [{ type: "text", text: this.tools.noteOf(number) }] }))
    this.editor.commands.insertContentAt(at ?? this.editor.state.selection.to, notes)
    return this.after({ lost: {}, missing, rows: [] }, { rtf: "", files })
  }

  /** Of the notice, where nothing stands before what is pasted; else null. */
  title() {
    const { doc, selection } = this.editor.state
    let before = false
    doc.nodesBetween(0, selection.from, (node) => void (before ||= node.type.name === "figure"))
    return before || doc.textBetween(0, selection.from).trim() ? null : this.form.elements.title.value
  }

  /** Of the next picture that is missing: what the paste is about to replace does not count, what is being uploaded does. */
  nextNumber() {
    const { doc, selection } = this.editor.state
    const size = doc.content.size
    const left = `${doc.textBetween(0, selection.from, " ")} ${doc.textBetween(Math.min(selection.to, size), size, " ")}`
    const numbers = [...left.matchAll(/\[Hier fehlt Bild (\d+)/g)].map(([, number]) => Number(number))
    return Math.max(0, ...numbers, ...this.coming) + 1
  }

  async after({ lost, missing, rows }, clip) {
    const sentences = [...this.sentencesOf(lost), ...this.sentencesOfRows(rows)]
    for (const { number } of missing) this.coming.add(number)
    this.show(sentences, missing.length ? this.words.taking : "")
    if (!missing.length) return
    const names = new Map()
    const refused = new Set()
    const blobs = await this.tools.picturesOf(missing, clip)
    if (blobs.some(Boolean) && !this.form.dataset.pictures) await this.saver.save()
    for (const [index, { number, name }] of missing.entries()) {
      if (!blobs[index]) continue
      const answer = this.form.dataset.pictures ? await this.tools.upload(this.form, this.words, blobs[index], name) : { error: this.words.first }
      if (answer.id && this.replace(number, answer)) names.set(answer.id, name)
      else if (answer.error) refused.add(answer.error)
    }
    for (const { number } of missing) this.coming.delete(number)
    const left = missing.length - names.size
    if (left) sentences.unshift(this.sentence("picture", left))
    if (names.size) sentences.unshift(this.sentence("taken", names.size))
    this.show([...sentences, ...refused])
    if (names.size) this.tools.describe(names)
  }

  /** Put the picture where its note stands; false where somebody has taken the note away meanwhile. */
  replace(number, { id, src }) {
    const { state, view } = this.editor
    const note = new RegExp(`\\[Hier fehlt Bild ${number}(?:: [^\\]]{0,200})?\\]`)
    const { figure, image } = state.schema.nodes
    const picture = figure.create(null, [image.create({ image: id, src, alt: "" })])
    let change = null
    state.doc.descendants((node, pos) => {
      if (change || !node.isTextblock) return !change
      const found = node.textBetween(0, node.content.size, "\0", "\0").match(note)
      if (!found) return false
      const from = pos + 1 + found.index
      const alone = node.textContent.trim() === found[0] && state.doc.resolve(pos).depth === 0
      change = alone
        ? state.tr.replaceWith(pos, pos + node.nodeSize, picture)
        : state.tr.insert(state.doc.resolve(from).after(1), picture).delete(from, from + found[0].length)
      return false
    })
    if (change) view.dispatch(change)
    return Boolean(change)
  }

  sentence(kind, times) {
    const { dataset } = this.box
    return (times === 1 ? dataset[`${kind}One`] : dataset[`${kind}Many`]).replace("{n}", times)
  }

  sentencesOf(lost) {
    return Object.entries(lost).map(([kind, times]) => this.sentence(kind, times))
  }

  /** The tables just pasted end at the cursor: count back from there. */
  sentencesOfRows(rows) {
    if (!rows.length) return []
    let before = 0
    this.editor.state.doc.descendants((node, pos) => {
      if (node.type.name === "table" && pos < this.editor.state.selection.to) before += isTable(node)
      return node.type.name !== "table"
    })
    const first = before - rows[0].tables
    const shown = rows.slice(0, 5).map(({ table, row }) => this.box.dataset.row.replace("{t}", first + table).replace("{z}", row))
    return rows.length > 5 ? [...shown, this.box.dataset.moreRows.replace("{n}", rows.length - 5)] : shown
  }

  show(sentences, waiting = "") {
    this.box.replaceChildren()
    if (!sentences.length && !waiting) return
    const note = this.box.appendChild(document.createElement("div"))
    note.className = "a-note"
    note.appendChild(document.createElement("p")).appendChild(document.createElement("strong")).textContent = this.box.dataset.title
    const list = note.appendChild(document.createElement("ul"))
    for (const words of [...sentences, ...(waiting ? [waiting] : [])]) list.appendChild(document.createElement("li")).textContent = words
    const close = note.appendChild(document.createElement("button"))
    close.type = "button"
    close.textContent = this.box.dataset.close
    close.addEventListener("click", () => {
      this.box.replaceChildren()
      this.editor.commands.focus()
    })
  }
}

/** As the server counts (lib/richtext): one cell without header is a frame around text, and an empty table is none. */
export function isTable(node) {
  const single = node.childCount === 1 && node.firstChild.childCount === 1 && node.firstChild.firstChild.type.name !== "tableHeader"
  return Boolean(node.textContent.trim()) && !single
}
