// A table that fits is no stop for the keyboard and no landmark; one that scrolls sideways is both, as it is without this script.
const regions = document.querySelectorAll(".n-wide > .a-scroll")

function look(region) {
  const name = region.dataset.name ?? region.getAttribute("aria-label")
  region.dataset.name = name
  for (const [key, value] of [["role", "region"], ["tabindex", "0"], ["aria-label", name]]) {
    if (region.scrollWidth > region.clientWidth) region.setAttribute(key, value)
    else region.removeAttribute(key)
  }
}

const watcher = new ResizeObserver(entries => entries.forEach(entry => look(entry.target)))
regions.forEach(region => watcher.observe(region))
