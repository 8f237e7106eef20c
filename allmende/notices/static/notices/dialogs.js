// Dialogs for link, table and picture. Each is a <dialog> of the page: Escape closes, focus comes back to the text.

function open(id, { fill, check, done }) {
  const dialog = document.getElementById(id)
  const listen = new AbortController()
  const on = (element, kind, act) => element?.addEventListener(kind, act, { signal: listen.signal })
  const finish = async () => {
    const wrong = await check(dialog)
    blame(dialog, wrong)
    if (wrong) return
    dialog.close()
    done(dialog)
  }
  blame(dialog, null)
  fill(dialog)
  on(dialog.querySelector("[data-ok]"), "click", finish)
  on(dialog.querySelector("[data-cancel]"), "click", () => dialog.close())
  on(dialog, "keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=file])")) {
      event.preventDefault()
      finish()
    }
  })
  on(dialog, "close", () => listen.abort())
  dialog.showModal()
  return { dialog, on }
}

/** Say at its field what is wrong: {field, words}, or null. The field is marked, has the words as its description and the focus. */
function blame(dialog, wrong) {
  const problem = dialog.querySelector(".kern-error")
  if (!problem) return
  for (const field of dialog.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid")
    const rest = field.getAttribute("aria-describedby").replace(problem.id, "").trim()
    if (rest) field.setAttribute("aria-describedby", rest)
    else field.removeAttribute("aria-describedby")
    field.closest(".kern-form-input").classList.remove("kern-form-input--error")
  }
  problem.textContent = wrong?.words ?? ""
  if (!wrong) return
  const field = dialog.querySelector(`#${wrong.field}`)
  field.before(problem)
  field.setAttribute("aria-invalid", "true")
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${problem.id}`.trim())
  field.closest(".kern-form-input").classList.add("kern-form-input--error")
  field.focus()
}

const value = (dialog, id) => dialog.querySelector(`#${id}`).value.trim()

export function linkDialog(editor, words) {
  const there = editor.isActive("link")
  if (there) editor.chain().extendMarkRange("link").run()
  const { from, to } = editor.state.selection
  const text = editor.state.doc.textBetween(from, to, " ")
  const { dialog, on } = open("dialog-verweis", {
    fill(box) {
      box.querySelector("#verweis-text").value = text
      box.querySelector("#verweis-adresse").value = there ? editor.getAttributes("link").href : ""
      box.querySelector("[data-remove]").hidden = !there
    },
    check(box) {
      let address = value(box, "verweis-adresse")
      if (/^www\./i.test(address)) address = `https://${address}`
      if (/^[^\s@:/]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(address)) address = `mailto:${address}`
      box.querySelector("#verweis-adresse").value = address
      return /^(https?:\/\/[^\s.]+\.[^\s]+|mailto:[^\s@]+@[^\s@]+|tel:[+\d][\d()./ -]+)$/i.test(address) ? null : { field: "verweis-adresse", words: words.badlink }
    },
    done(box) {
      const label = value(box, "verweis-text") || value(box, "verweis-adresse")
      const href = value(box, "verweis-adresse")
      const chain = editor.chain().focus()
      if (label === text && from !== to) chain.setTextSelection({ from, to }).setLink({ href })
      else chain.insertContentAt({ from, to }, [{ type: "text", text: label, marks: [{ type: "link", attrs: { href } }] }])
      chain.run()
    },
  })
  on(dialog.querySelector("[data-remove]"), "click", () => {
    dialog.close()
    editor.chain().focus().extendMarkRange("link").unsetLink().run()
  })
}

/** Insert a table, or give the one around the cursor another caption. */
export function tableDialog(editor, captionOnly = false) {
  open("dialog-tabelle", {
    fill(box) {
      box.querySelector("[data-size]").hidden = captionOnly
      box.querySelector("#tabelle-titel").value = captionOnly ? editor.getAttributes("table").caption : ""
    },
    check: () => null,
    done(box) {
      const caption = value(box, "tabelle-titel")
      if (!captionOnly) {
        const rows = Math.min(Math.max(Number(value(box, "tabelle-zeilen")) || 3, 2), 100)
        const cols = Math.min(Math.max(Number(value(box, "tabelle-spalten")) || 2, 1), 20)
        editor.chain().focus().insertTable({ rows, cols, withHeaderRow: true }).run()
      }
      editor.chain().focus().updateAttributes("table", { caption }).run()
    },
  })
}

/** The figure that is selected or holds the cursor: {pos, node}, or null. */
function figureAt({ selection }) {
  if (selection.node?.type.name === "figure") return { pos: selection.from, node: selection.node }
  for (let depth = selection.$from.depth; depth > 0; depth--) {
    const node = selection.$from.node(depth)
    if (node.type.name === "figure") return { pos: selection.$from.before(depth), node }
  }
  return null
}

/** {from, to} of the paragraph around the cursor that only says that a picture is missing; null where there is none. */
export function noteAround({ selection: { $from, $to } }) {
  const alone = $from.depth === 1 && $from.sameParent($to) && /^\[Hier fehlt (?:ein )?Bild\b[^\]]*\]$/.test($from.parent.textContent.trim())
  return alone ? { from: $from.before(), to: $from.after() } : null
}

/**
 * Upload a picture and describe it, or change the description of the one at the cursor.
 * `upload`, `save`: see clipboard.js, saver.js. `name`: what another program called it, offered as description.
 * `closed(whether it was done)` is called in the end.
 */
export function pictureDialog(editor, words, form, { upload, save, name = "", closed }) {
  const isFileName = (text) => new RegExp(`^(?:${words.filename})$`, "i").test(text)
  const figure = figureAt(editor.state)
  const image = figure?.node.firstChild
  let uploaded = image ? { id: image.attrs.image, src: image.attrs.src } : null
  let finished = false
  const { dialog, on } = open("dialog-bild", {
    fill(box) {
      const shown = box.querySelector("[data-shown]")
      shown.hidden = !image
      if (image) shown.src = image.attrs.src
      box.querySelector("[data-file]").hidden = Boolean(figure)
      box.querySelector("#bild-datei").value = ""
      box.querySelector("#bild-alt").value = image?.attrs.alt || (image?.attrs.decorative || isFileName(name) ? "" : name)
      box.querySelector("#bild-alt").disabled = Boolean(image?.attrs.decorative)
      box.querySelector("#bild-schmuck").checked = Boolean(image?.attrs.decorative)
      box.querySelector("#bild-unterschrift").value = figure?.node.childCount > 1 ? figure.node.lastChild.textContent : ""
    },
    async check(box) {
      const file = box.querySelector("#bild-datei").files[0]
      const alt = box.querySelector("#bild-schmuck").checked ? null : value(box, "bild-alt")
      if (!uploaded && !file) return { field: "bild-datei", words: words.needfile }
      if (alt === "") return { field: "bild-alt", words: words.needalt }
      if (alt && isFileName(alt)) return { field: "bild-alt", words: words.needwords }
      if (uploaded) return null
      if (!form.dataset.pictures) await save()
      if (!form.dataset.pictures) return { field: "bild-datei", words: words.first }
      const answer = await upload(form, words, file)
      if (answer.error) return { field: "bild-datei", words: answer.error }
      uploaded = answer
      return null
    },
    done(box) {
      finished = true
      const decorative = box.querySelector("#bild-schmuck").checked
      const caption = value(box, "bild-unterschrift")
      const attrs = { src: uploaded.src, image: uploaded.id, alt: decorative ? "" : value(box, "bild-alt"), decorative }
      const content = [{ type: "image", attrs }]
      if (caption) content.push({ type: "caption", content: [{ type: "text", text: caption }] })
      const chain = editor.chain().focus()
      const note = figure ? null : noteAround(editor.state)
      if (note) chain.insertContentAt(note, { type: "figure", content })
      else if (figure) chain.insertContentAt({ from: figure.pos, to: figure.pos + figure.node.nodeSize }, { type: "figure", content })
      else chain.insertContent({ type: "figure", content })
      chain.run()
    },
  })
  on(dialog.querySelector("#bild-schmuck"), "change", (event) => {
    dialog.querySelector("#bild-alt").disabled = event.target.checked
  })
  dialog.querySelector("#bild-alt").focus()
  if (!figure) dialog.querySelector("#bild-datei").focus()
  dialog.addEventListener("close", () => closed?.(finished), { once: true })
}

/** Ask for the description of each new picture, one after another, until somebody puts it off. `names`: id -> name. */
export function describePictures(editor, words, form, tools, names) {
  let next = null
  editor.state.doc.descendants((node, pos) => {
    const { image, alt, decorative } = node.firstChild?.attrs ?? {}
    if (next === null && node.type.name === "figure" && names.has(image) && !alt && !decorative) next = { pos, image }
    return next === null
  })
  if (next === null) return
  editor.chain().setNodeSelection(next.pos).run()
  const closed = (done) => done && describePictures(editor, words, form, tools, names)
  pictureDialog(editor, words, form, { ...tools, name: names.get(next.image), closed })
}
