// Keeps what somebody types on their own device for a day, until it is saved or they sign out. Without this script the page works as it is.
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;
  const PREFIX = "kept:";
  const SENT = "sent"; // what this tab has sent last
  const WAIT = 400;

  const all = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const read = (key) => JSON.parse(localStorage.getItem(key));
  const forget = (keys) => keys.forEach((key) => localStorage.removeItem(key));

  const isKept = (field) => field.name && !["hidden", "file", "submit", "button", "password"].includes(field.type);
  const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
  // [name, value, ticked], in the order of the form.
  const fieldsOf = (form) =>
    [...form.elements].filter(isKept).map((field) => [field.name, field.value, isTicked(field) ? field.checked : null]);

  function bringBack(form, kept) {
    const fields = [...form.elements].filter(isKept);
    for (const [name, value, ticked] of kept) {
      if (ticked === null) {
        const field = fields.find((each) => each.name === name && !isTicked(each));
        if (field) field.value = value;
      } else {
        const field = fields.find((each) => each.name === name && each.value === value);
        if (field) field.checked = ticked;
      }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(form, key, kept) {
    const notice = document.getElementById("kept-on-device").content.cloneNode(true).firstElementChild;
    notice.querySelector("[data-when]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    notice.querySelector("[data-bring-back]").addEventListener("click", () => {
      bringBack(form, kept.fields);
      notice.remove();
    });
    notice.querySelector("[data-forget]").addEventListener("click", () => {
      forget([key]);
      notice.remove();
    });
    form.before(notice);
  }

  function keep(form) {
    const key = PREFIX + form.dataset.keep + location.pathname;
    const found = fieldsOf(form);
    const shown = JSON.stringify(found);
    const kept = read(key);
    if (kept && JSON.stringify(kept.fields) !== shown) offer(form, key, kept);

    let timer;
    let sent = false;
    const write = () => {
      const fields = fieldsOf(form);
      if (JSON.stringify(fields) !== shown) localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields }));
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(write, WAIT);
    });
    window.addEventListener("pagehide", () => sent || write());
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      sent = true;
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: fieldsOf(form) }));
      sessionStorage.setItem(SENT, key);
    });
  }

  function start() {
    forget(all().filter((key) => Date.now() - read(key).at > DAY));
    // Only the page that says "Saved" is a proof that it was; what another tab has sent is not meant.
    if (document.querySelector("[data-saved]")) forget([sessionStorage.getItem(SENT)]);
    document.querySelectorAll("form[action$='/accounts/logout/'], form[action$='/accounts/close/']").forEach((form) => {
      form.addEventListener("submit", () => forget(all()));
    });
    // Back to this page opens it anew, instead of asking whether to send the form once more.
    if (document.querySelector(".error-summary")) history.replaceState(null, "", location.href);
    const form = document.querySelector("form[data-keep]");
    if (form) keep(form);
  }

  try {
    start();
  } catch {
    // A browser that keeps nothing (private windows, a full disk): the page works without.
  }
})();
