// Where a clipboard carries the pictures of a pasted text, and how they come in: by the upload that every picture goes through.

const TAKEN = /^image\/(png|jpeg|webp)$/ // what the server reads; other formats are drawn anew here

/** What can only be read during the paste: {rtf, files}. */
export function readClipboard(transfer) {
  const files = [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"))
  return { rtf: transfer?.getData("text/rtf") ?? "", files }
}

/** Whether what is copied as text is one picture and nothing else. */
export function isPicture(html) {
  return /^(<meta[^>]*>\s*)?<img[^>]*>$/i.test(html.trim())
}

/** The data of each missing picture, null where the clipboard does not carry it: [{number, src, name}] -> [Blob | null]. */
export async function picturesOf(missing, { rtf, files }) {
  const found = missing.map(({ src }) => (src.startsWith("data:image/") ? blobOf(src) : null))
  const open = () => missing.flatMap((_, index) => (found[index] ? [] : [index]))
  const take = (blobs) => open().forEach((index, at) => (found[index] = blobs[at]))
  const local = missing.filter(({ src }, index) => !found[index] && src.startsWith("file:"))
  const inside = local.length && local.length === open().length ? picturesInRtf(rtf) : []
  if (inside.length === open().length) take(inside)
  if (open().length && open().length === files.length) take(files)
  return Promise.all(found.map((blob) => blob && readable(blob)))
}

function blobOf(address) {
  const [, type, coded] = address.match(/^data:(image\/[a-z0-9.+-]+);base64,([\s\S]+)$/i) ?? []
  try {
    return type ? new Blob([Uint8Array.from(atob(coded.replace(/\s+|%0[ad]/gi, "")), (sign) => sign.charCodeAt(0))], { type: type.toLowerCase() }) : null
  } catch {
    return null
  }
}

/** Word puts each picture into its RTF as hexadecimal digits: {\pict … \pngblip …}; once more, for old programs, in \nonshppict. */
export function picturesInRtf(rtf) {
  const found = []
  const groups = [] // of the open groups: whether it is, or lies in, one whose pictures do not count
  const sign = /\\(nonshppict|listpicture|pict|bin)\b|\\[{}\\]|[{}]/g
  let match
  while ((match = sign.exec(rtf))) {
    if (match[0] === "{") groups.push(groups.at(-1) ?? false)
    else if (match[0] === "}") groups.pop()
    else if (match[1] === "nonshppict" || match[1] === "listpicture") groups[groups.length - 1] = true
    else if (match[1] === "pict" && !groups.at(-1)) {
      const end = endOfGroup(rtf, sign.lastIndex)
      const group = rtf.slice(sign.lastIndex, end)
      const type = /\\pngblip\b/.test(group) ? "image/png" : /\\jpegblip\b/.test(group) ? "image/jpeg" : null
      const digits = withoutGroups(group).replace(/\\[a-z]+-?\d* ?/g, "").replace(/[^0-9a-f]/gi, "")
      if (type && digits.length > 100) found.push(new Blob([bytesOf(digits)], { type }))
      sign.lastIndex = end
    }
  }
  return found
}

function endOfGroup(rtf, from) {
  let depth = 1
  for (let at = from; at < rtf.length; at++) {
    if (rtf[at] === "\\") at++
    else if (rtf[at] === "{") depth++
    else if (rtf[at] === "}" && --depth === 0) return at
  }
  return rtf.length
}

/** What stands in no group inside this one, however deep they lie in each other. */
function withoutGroups(group) {
  const left = []
  let depth = 0
  let at = 0
  for (const { 0: sign, index } of group.matchAll(/\\[{}\\]|[{}]/g)) {
    if (sign.startsWith("\\")) continue
    if (depth === 0) left.push(group.slice(at, index))
    depth = Math.max(depth + (sign === "{" ? 1 : -1), 0)
    at = index + 1
  }
  if (depth === 0) left.push(group.slice(at))
  return left.join("")
}

function bytesOf(digits) {
  const bytes = new Uint8Array(digits.length >> 1)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.substr(2 * at, 2), 16)
  return bytes
}

/** As PNG where the server would not read it; null where the browser cannot either. */
async function readable(blob) {
  if (TAKEN.test(blob.type)) return blob
  try {
    const bitmap = await createImageBitmap(blob)
    const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height })
    canvas.getContext("2d").drawImage(bitmap, 0, 0)
    return await new Promise((done) => canvas.toBlob(done, "image/png"))
  } catch {
    return null
  }
}

/** Upload. Returns {id, src}, or {error} in words. */
export async function upload(form, words, file, name = "") {
  const data = new FormData()
  data.set("file", file, name || file.name || `bild.${file.type.split("/")[1] ?? "png"}`)
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  try {
    const response = await fetch(form.dataset.pictures, { method: "POST", body: data, headers: { Accept: "application/json" } })
    if (response.redirected) return { error: words.gone }
    const answer = await response.json()
    return response.ok ? answer : { error: answer.error }
  } catch {
    return { error: words.offline }
  }
}
