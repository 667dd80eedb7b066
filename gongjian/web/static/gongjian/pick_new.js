/* 新建 inside a pick list: one record is registered in a dialog beside the form, which stays as it is */
(function () {
  "use strict";
  const { $, on, toast, word } = window.gongjian;
  let waiting = null; /* what to do with the record that is made */

  function sheet() {
    const there = $("#pick-new");
    if (there) return there;
    const dialog = document.createElement("dialog");
    dialog.id = "pick-new";
    dialog.className = "sheet";
    dialog.setAttribute("aria-labelledby", "pick-new-title");
    document.body.append(dialog);
    return dialog;
  }
  function show(dialog, html) {
    dialog.innerHTML = html;
    document.dispatchEvent(new Event("htmx:after:swap"));
    const first = $(".field-wrong input, input[type=text], select", dialog);
    if (first) first.focus();
  }
  async function ask(address, options) {
    const given = Object.assign({ headers: { "HX-Request": "true" }, credentials: "same-origin" }, options);
    const answer = await fetch(address, given).catch(() => null);
    if (answer && (answer.ok || answer.status === 422)) return answer;
    toast(answer && answer.status === 401 ? word("expired") : word("failed"), "error");
    return null;
  }
  window.gongjian.registerNew = async function (box, name, unit, done) {
    const asked = new URLSearchParams({ name: name });
    if (unit) asked.set(box.dataset.new.includes("/contact/") ? "enterprise" : "unit", unit);
    const answer = await ask(box.dataset.new + "?" + asked);
    if (!answer) return;
    const dialog = sheet();
    waiting = (made) => {
      dialog.close();
      done(made);
      $("input[type=text]", box).focus();
    };
    if (!dialog.open) dialog.showModal();
    show(dialog, await answer.text());
  };
  on("submit", "#pick-new form", async (event, form) => {
    event.preventDefault();
    const button = $("button[type=submit]", form);
    button.disabled = true;
    const answer = await ask(form.getAttribute("action"), { method: "POST", body: new FormData(form) });
    button.disabled = false;
    if (!answer) return;
    const html = await answer.text();
    if (answer.status === 422) {
      show($("#pick-new"), html);
      return;
    }
    const line = document.createElement("ul");
    line.innerHTML = html;
    const made = $("li", line);
    if (made && waiting) waiting(made);
  });
})();
