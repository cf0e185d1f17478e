// What is wrong with the layout of a page: text that lies on other text, boxes that cut their content.
(apart) => {
  document.querySelectorAll("details").forEach(d => { d.open = true; });
  const found = [], lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const clip = (box, element) => {
    // What a scrolling ancestor does not show cannot lie on anything.
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      if (getComputedStyle(e).overflowY !== "visible" || getComputedStyle(e).overflowX !== "visible") {
        const frame = e.getBoundingClientRect();
        box = {left: Math.max(box.left, frame.left), right: Math.min(box.right, frame.right),
               top: Math.max(box.top, frame.top), bottom: Math.min(box.bottom, frame.bottom)};
      }
    }
    return box;
  };
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.textContent.trim() || element.closest(apart) || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      const box = clip(line, element);
      // Half the height of a line may be leading, which overlaps nothing that is seen.
      if (box.right - box.left > 4 && box.bottom - box.top > 4)
        lines.push({left: box.left + 1, right: box.right - 1, top: box.top + (box.bottom - box.top) / 4,
                    bottom: box.bottom - (box.bottom - box.top) / 4, element, text: node.textContent.trim().slice(0, 30),
                    isStuck: !!element.closest("thead") && getComputedStyle(element.closest("th") || element).position === "sticky"});
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, i) => {
    for (let j = i + 1; j < lines.length && lines[j].top < a.bottom; j++) {
      const b = lines[j];
      if (a.element !== b.element && !a.isStuck && !b.isStuck && b.left < a.right && a.left < b.right && found.length < 5)
        found.push(`"${a.text}" lies on "${b.text}"`);
    }
  });
  document.querySelectorAll("body *").forEach(e => {
    if (e.closest(apart) || !e.checkVisibility()) return;
    const style = getComputedStyle(e), name = `${e.tagName.toLowerCase()}.${e.className}`;
    const isBounded = style.maxHeight !== "none" || style.overflowY === "hidden";
    const scrolls = ["auto", "scroll"].includes(style.overflowY);
    if (isBounded && !scrolls && style.display !== "inline" && e.scrollHeight > e.clientHeight + 2 && e.clientHeight)
      found.push(`${name} cuts ${e.scrollHeight - e.clientHeight} px of its content`);
  });
  return found.slice(0, 5);
}
