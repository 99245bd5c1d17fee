/*
 * portal.js: small comforts; every page works without it. Shows a password on demand, keeps a folded search
 * folded, sends a form once, follows a request, closes the menu. Only what Chrome 67, Firefox 61 and Safari 11.1 know.
 */
"use strict";

(() => {
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  for (const box of all(".secret")) {
    const input = box.querySelector("input");
    const button = document.createElement("button");
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? box.dataset.hide : box.dataset.show;
    };
    button.type = "button";
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => show(input.type === "password"));
    if (input.form) {
      /* A password that is sent as plain text would be kept among the browser's form entries. */
      input.form.addEventListener("submit", () => show(false));
    }
    show(false);
    box.classList.add("shows");
    box.appendChild(button);
  }

  /* Which blocks are folded goes along with each request, so that pages come as they will stay. */
  const folded = () => {
    const found = document.cookie.match(/__Host-simportal-folded=([a-z.-]*)/);
    return found ? found[1].split(".").filter(Boolean) : [];
  };
  for (const fold of all("details[data-fold]")) {
    fold.querySelector("summary").addEventListener("click", () => {
      const name = fold.dataset.fold;
      /* It is still as it was before the click. */
      const names = folded().filter((one) => one !== name).concat(fold.open ? [name] : []);
      document.cookie = "__Host-simportal-folded=" + names.join(".") + "; Path=/; Secure; SameSite=Lax; Max-Age=31536000";
    });
  }

  for (const form of all("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
      }
      form.dataset.sent = "1";
    });
  }
  /* Coming back by the back button shows the page as it was left. */
  window.addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) {
      delete form.dataset.sent;
    }
  });

  const menu = document.getElementById("menu-open");
  if (menu) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.checked) {
        menu.checked = false;
        menu.focus();
      }
    });
  }

  /* How far a request is, asked for again until it is through. Only parts whose words have changed are replaced, so that
     a screen reader tells news alone, and never one under the hands of who uses it. */
  const renew = (page, address) => {
    const progress = page.getElementById("progress");
    let next = progress ? progress.dataset.refresh : "";
    for (const part of all("[data-part]")) {
      const now = page.getElementById(part.id);
      if (!now || now.textContent === part.textContent) {
        continue;
      }
      if (part.contains(document.activeElement)) {
        next = address;
        continue;
      }
      part.textContent = "";
      while (now.firstChild) {
        part.appendChild(now.firstChild);
      }
    }
    return next;
  };
  const follow = (address, pause) => {
    const again = (next) => next && follow(next, Math.min(pause * 1.2, 30000));
    window.setTimeout(() => {
      if (document.hidden) {
        again(address);
        return;
      }
      fetch(address, { credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((text) => again(text ? renew(new DOMParser().parseFromString(text, "text/html"), address) : address), () => again(address));
    }, pause);
  };
  const progress = document.getElementById("progress");
  if (progress && progress.dataset.refresh) {
    follow(progress.dataset.refresh, 2000);
  }

  const errors = document.getElementById("errors");
  if (errors) {
    errors.focus();
  }
})();
