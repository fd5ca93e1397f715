"""What a page must be for those who see badly or hear it read: contrast, names, no sideways scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FAINT = """() => {
  const parts = (text) => [...text.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parts(getComputedStyle(at).backgroundColor));
    const dark = getComputedStyle(document.body).colorScheme === "dark";
    return layers.reverse().reduce((under, top) => over(top, under), dark ? [18, 18, 18] : [255, 255, 255]);
  };
  const faint = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
    const box = node.getBoundingClientRect();
    if (!own || !node.checkVisibility() || box.right < 0 || box.width < 2 || node.closest("svg")) continue;
    const under = ground(node);
    const [a, b] = [light(over(parts(getComputedStyle(node).color), under)), light(under)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const told = `${node.tagName} ${node.className} «${node.textContent.trim().slice(0, 30)}»`;
    if (ratio < 4.5) faint.push(`${told} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""

_NAMELESS = """() => [...document.querySelectorAll("input, select, textarea, button, summary, a")]
  .filter((node) => node.type !== "hidden")
  .filter((node) => node.checkVisibility() && !node.closest("[aria-hidden=true]"))
  .filter((node) => !((node.labels || []).length || node.getAttribute("aria-label")
    || node.getAttribute("aria-labelledby") || node.textContent.trim()))
  .map((node) => node.outerHTML.slice(0, 120))"""

_HARMED = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const pointed = [...document.querySelectorAll("[aria-describedby], [aria-labelledby], label[for]")]
    .flatMap((node) => (node.getAttribute("aria-describedby") || node.getAttribute("aria-labelledby")
      || node.getAttribute("for")).split(" "));
  return [...ids.filter((id, at) => ids.indexOf(id) !== at), ...pointed.filter((id) => !ids.includes(id))];
}"""


def faint(page: Page) -> list[str]:
    """List the texts whose contrast is below 4.5 : 1. Source: WCAG 2.2, 1.4.3, and its relative luminance."""
    found: list[str] = page.evaluate(_FAINT)
    return found


def nameless(page: Page) -> list[str]:
    """List the controls that a screen reader could not name. Source: WCAG 2.2, 4.1.2."""
    found: list[str] = page.evaluate(_NAMELESS)
    return found


def harmed(page: Page) -> list[str]:
    """List ids given twice and those that are pointed at but stand nowhere."""
    found: list[str] = page.evaluate(_HARMED)
    return found


def fields_outside(page: Page) -> int:
    """Return how many pixels of the page can only be reached by scrolling sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def assert_readable(page: Page) -> None:
    """Assert all of it, in the light and in the dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert faint(page) == [], scheme
    page.emulate_media(color_scheme="light")
    assert nameless(page) == []
    assert harmed(page) == []
