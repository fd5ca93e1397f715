// What the keyboard and the mouse may do on a sheet beyond links and forms; without it the page works too.
"use strict";

(() => {
  const box = document.querySelector(".grid-box");
  const place = `${location.pathname}?${box.dataset.gid}`;
  const letters = [...box.querySelectorAll("tr.letters th[scope=col]")].map((head) => head.textContent);
  const numbers = [...box.querySelectorAll("th[scope=row]")].map((head) => head.textContent);
  let now = box.querySelector("td.now");
  let far = now;
  let loading = Promise.resolve();
  let asked = 0;

  const cellAt = (column, row) => document.getElementById(`${letters[column]}${numbers[row]}`);
  const spot = (cell) => {
    const [, column, row] = cell.id.match(/^([A-Z]+)(\d+)$/);
    return [letters.indexOf(column), numbers.indexOf(row)];
  };
  const line = () => document.querySelector(".edit");
  const input = () => document.getElementById("value");

  function between(first, last) {
    const [a, b] = [spot(first), spot(last)];
    const rows = [];
    for (let row = Math.min(a[1], b[1]); row <= Math.max(a[1], b[1]); row += 1) {
      const cells = [];
      for (let column = Math.min(a[0], b[0]); column <= Math.max(a[0], b[0]); column += 1) {
        cells.push(cellAt(column, row));
      }
      rows.push(cells);
    }
    return rows;
  }

  function mark() {
    box.querySelectorAll("td.now, td.chosen").forEach((cell) => cell.classList.remove("now", "chosen"));
    if (!now) return;
    now.classList.add("now");
    if (far !== now) between(now, far).flat().forEach((cell) => cell && cell.classList.add("chosen"));
  }

  function load(cell) {
    const number = (asked += 1);
    const query = new URLSearchParams(location.search);
    query.set("gid", box.dataset.gid);
    query.set("from", box.dataset.start);
    query.set("cell", cell.id);
    query.set("part", "edit");
    loading = fetch(`${location.pathname}?${query}`, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
      .then((text) => {
        if (number !== asked) return;
        const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".edit");
        if (!fresh) return;
        const seen = fresh.querySelector("[name=seen]");
        if (seen) seen.value = box.dataset.seen; // what the page shows may be older than the line
        line().replaceWith(document.adoptNode(fresh));
      });
    loading.catch(() => location.assign(cell.querySelector("a").href));
    return loading;
  }

  function choose(cell, extend) {
    if (!cell) return;
    far = cell;
    if (!extend || !now) {
      now = cell;
      load(cell);
    }
    mark();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    box.focus({ preventScroll: true });
  }

  function step(right, down, extend) {
    let [column, row] = spot(extend && far ? far : now);
    for (;;) {
      column += right;
      row += down;
      if (column < 0 || row < 0 || column >= letters.length || row >= numbers.length) return;
      const cell = cellAt(column, row);
      if (cell) return choose(cell, extend);
    }
  }

  function send(more) {
    const form = line();
    for (const [name, value] of Object.entries(more)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    if ("action" in more) {
      form.querySelectorAll("button[name=action]").forEach((button) => button.remove());
      if ("value" in more) input().remove();
    }
    form.requestSubmit();
  }

  async function type(text) {
    await loading;
    const field = input();
    if (!field) return;
    field.focus();
    if (field.tagName !== "SELECT" && text !== null) field.value = text;
  }

  const keys = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    PageUp: [0, -20], PageDown: [0, 20],
  };

  function onGrid(event) {
    if (event.ctrlKey || event.metaKey) {
      const undo = document.querySelector("form.undo");
      if (event.code === "KeyZ" && undo) {
        event.preventDefault();
        undo.requestSubmit();
      }
      return;
    }
    if (event.altKey || !now) return;
    if (event.key in keys) step(...keys[event.key], event.shiftKey);
    else if (event.key === "Tab") step(event.shiftKey ? -1 : 1, 0, false);
    else if (event.key === "Enter" || event.key === "F2") type(null);
    else if (event.key === "Escape") choose(now, false);
    else if (event.key === "Delete" || event.key === "Backspace") {
      loading.then(() => send({ action: "clear", until: far.id, move: "stay" }));
    } else if (event.key === " " && now.dataset.tick) tick(now);
    else if (event.key.length === 1) type(event.key);
    else return;
    event.preventDefault();
  }

  function onLine(event) {
    const field = event.target;
    if (event.key === "Escape") {
      line().reset();
      box.focus({ preventScroll: true });
    } else if (event.key === "Tab") send({ move: event.shiftKey ? "left" : "right" });
    else if (event.key === "Enter" && !event.altKey && !event.ctrlKey) send({ move: event.shiftKey ? "up" : "down" });
    else if (event.key === "Enter" && field.tagName === "TEXTAREA") field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
    else return;
    event.preventDefault();
  }

  async function tick(cell) {
    now = far = cell;
    await load(cell);
    send({ action: "set", value: cell.dataset.tick === "on" ? "FALSE" : "TRUE", move: "stay" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id === "value") onLine(event);
    else if (event.target === box || event.target === document.body || box.contains(event.target)) onGrid(event);
  });

  box.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.target.closest("a.go") || event.ctrlKey || event.metaKey || event.button) return;
    event.preventDefault();
    if (cell.dataset.tick && cell === now) tick(cell);
    else choose(cell, event.shiftKey);
  });
  box.addEventListener("dblclick", () => now && type(null));

  document.addEventListener("copy", (event) => {
    if (!now || event.target.id === "value" || String(getSelection())) return;
    const words = (cell) => (cell ? cell.querySelector("a").textContent : "");
    const rows = between(now, far).map((cells) => cells.map(words).join("\t"));
    event.clipboardData.setData("text/plain", rows.join("\n"));
    event.preventDefault();
  });

  document.addEventListener("paste", (event) => {
    if (!now || event.target.closest("input, textarea, select")) return;
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    if (text) loading.then(() => send({ action: "paste", value: text, move: "stay" }));
  });

  document.addEventListener("submit", () => {
    sessionStorage.setItem(place, JSON.stringify([box.scrollLeft, box.scrollTop]));
  });
  document.querySelectorAll("details.menu").forEach((menu) => menu.addEventListener("toggle", () => {
    if (menu.open) document.querySelectorAll("details.menu[open]").forEach((other) => { if (other !== menu) other.open = false; });
  }));

  const kept = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  if (kept) {
    const [left, top] = JSON.parse(kept);
    box.scrollTo(left, top);
    box.focus({ preventScroll: true });
  }
  if (now) {
    now.scrollIntoView({ block: "nearest", inline: "nearest" });
    box.focus({ preventScroll: true });
  }
  const chosen = document.querySelector(".tabs a[aria-current]");
  if (chosen) chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
})();
