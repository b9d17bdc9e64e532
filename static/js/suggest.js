// Completes a search box while somebody types: an ARIA combobox with groups. Without this script the box searches as it is.
(() => {
  "use strict";

  const WAIT = 120;
  const SHORTEST = 2;

  class Suggestions {
    constructor(input) {
      this.input = input;
      this.status = input.parentElement.querySelector("[role=status]");
      this.list = document.createElement("div");
      this.list.id = `${input.id}-suggestions`;
      this.list.className = "suggestions";
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent : "");
      this.list.hidden = true;
      input.parentElement.append(this.list);
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-expanded", "false");
      input.setAttribute("aria-controls", this.list.id);
      input.addEventListener("input", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus where it is
      this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    }

    get options() {
      return [...this.list.querySelectorAll("[role=option]")];
    }

    get current() {
      return this.list.querySelector("[aria-selected=true]");
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      const text = this.input.value.trim();
      if (this.request) this.request.abort();
      if (text.length < SHORTEST) return this.close();
      this.request = new AbortController();
      try {
        const address = `${this.input.dataset.suggest}?q=${encodeURIComponent(text)}`;
        const response = await fetch(address, { signal: this.request.signal });
        if (response.ok && document.activeElement === this.input) this.show(await response.json());
      } catch (error) {
        if (error.name !== "AbortError") this.close(); // offline: the box still searches
      }
    }

    show({ groups, status }) {
      let number = 0;
      const made = groups.map((group, index) => {
        const box = document.createElement("div");
        const label = document.createElement("div");
        label.id = `${this.list.id}-group-${index}`;
        label.className = "suggestions-group";
        label.textContent = group.label;
        label.setAttribute("role", "presentation");
        box.setAttribute("role", "group");
        box.setAttribute("aria-labelledby", label.id);
        box.append(label, ...group.items.map((item) => this.option(item, number++)));
        return box;
      });
      this.list.replaceChildren(...made);
      this.status.textContent = status;
      this.input.removeAttribute("aria-activedescendant");
      this.toggle(number > 0);
    }

    option(item, number) {
      const option = document.createElement("div");
      option.id = `${this.list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.lang = item.lang;
      option.dir = "auto";
      option.textContent = item.text;
      option.dataset.url = item.url;
      return option;
    }

    key(event) {
      if (event.isComposing) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps && this.options.length) {
        event.preventDefault();
        this.toggle(true);
        this.move(steps[event.key]);
      } else if (event.key === "Enter" && !this.list.hidden && this.current) {
        event.preventDefault();
        this.choose(this.current);
      } else if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault(); // the first Escape closes the list, the next one empties the box
        this.close();
      }
    }

    move(step) {
      const options = this.options;
      const from = options.indexOf(this.current);
      const next = from < 0 && step < 0 ? options.length - 1 : from + step;
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === next)));
      const current = options[next];
      if (!current) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", current.id);
      current.scrollIntoView({ block: "nearest" });
    }

    choose(option) {
      if (!option) return;
      if (option.dataset.url) return window.location.assign(option.dataset.url);
      this.input.value = option.textContent;
      this.close();
      this.input.form.requestSubmit();
    }

    toggle(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
    }

    close() {
      clearTimeout(this.timer);
      this.status.textContent = "";
      this.input.removeAttribute("aria-activedescendant");
      this.options.forEach((option) => option.setAttribute("aria-selected", "false"));
      this.toggle(false);
    }
  }

  document.querySelectorAll("input[data-suggest]").forEach((input) => new Suggestions(input));
})();
