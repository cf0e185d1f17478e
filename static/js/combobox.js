// Suggestions while typing: the ARIA combobox pattern over /api/v1/suggest/. The form works without it.

const WAIT = 90;

class Combobox {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.options = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${this.input.id}-suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.list.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.input.closest(".search-box").append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id,
      "aria-autocomplete": "list", "aria-haspopup": "listbox",
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // Before the input loses its focus, so that the click still finds the list open.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) window.location.assign(option.dataset.url);
    });
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const words = this.input.value.trim();
    if (!words || words.length > 100) return this.close();
    this.timer = setTimeout(() => this.fetch(words), WAIT);
  }

  async fetch(words) {
    this.request = new AbortController();
    try {
      const address = `${this.form.dataset.suggest}?${new URLSearchParams({ q: words })}`;
      const response = await fetch(address, { signal: this.request.signal });
      if (!response.ok) return this.close();
      const { results } = await response.json();
      if (document.activeElement === this.input) this.show(results);
    } catch (error) {
      this.close();
    }
  }

  show(results) {
    if (!results.length) return this.close();
    this.active = -1;
    this.options = results.map((result, place) => this.option(result, place));
    this.list.replaceChildren(...this.options);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = `${results.length} suggestion${results.length > 1 ? "s" : ""}`;
  }

  option(result, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = new URL(result.url).pathname;
    const why = result.matched === "name" ? "" : ` · ${result.matched}`;
    for (const [css, text] of [["suggestion-name", result.name], ["suggestion-why", result.kind.replaceAll("-", " ") + why]]) {
      const span = document.createElement("span");
      span.className = css;
      span.textContent = text;
      option.append(span, " ");
    }
    return option;
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  // -1 is the input itself: going past either end leads back to what was typed.
  move(step) {
    const places = this.options.length + 1;
    this.choose(((this.active + 1 + step + places) % places) - 1);
  }

  choose(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    if (event.isComposing) return;
    if (this.list.hidden) {
      if (event.key === "ArrowDown" && this.input.value.trim()) { event.preventDefault(); this.ask(); }
      return;
    }
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) window.location.assign(this.options[this.active].dataset.url);
    else return;
    event.preventDefault();
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Combobox(form);

// "/" leads to the search box, as long as nothing is being typed elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const input = document.querySelector("main form[data-suggest] input, form[data-suggest] input");
  if (input) { event.preventDefault(); input.focus(); input.select(); }
});
