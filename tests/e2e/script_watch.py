"""Notices in a browser whatever ran, or would have run, of what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Error, Page

from tests.data.payloads import RUN

# Every payload calls RUN; whatever the browser's policy stops is reported instead. Both are kept beyond the page.
HOOK = """(() => {
  for (const name of ['RUN', 'alert']) window[name] = () => { window.noteRun(`${name} on ${location.pathname}`) }
  window.addEventListener('securitypolicyviolation', (event) =>
    window.noteReport(`${event.effectiveDirective} ${event.sample || event.blockedURI} on ${location.pathname}`), true)
})()"""
# What is there only where a text was taken for markup: it may wait for a click that a test does not make.
ALIVE = """() => [...document.querySelectorAll('*')].filter((element) =>
  element.matches('base, object, embed, marquee, iframe[srcdoc], isindex, xss, math, template, dialog[open]')
  || (element.matches('script') && !element.src)
  || [...element.attributes].some(({ name, value }) => /^on/i.test(name)
    || (/^(href|src|action|formaction|xlink:href|data|background|srcset)$/i.test(name)
      && /^[\\s\\0]*(java|vb)script:|^[\\s\\0]*data:(?!image\\/|,$)/i.test(value))))
  .map((element) => element.outerHTML.slice(0, 160))"""


@dataclass
class Watch:
    """What ran, what policies stopped, and which elements somebody's text has become, so far."""

    ran: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, context: BrowserContext) -> Watch:
        """Watches every page of a browser."""
        watch = cls()
        context.expose_function("noteRun", lambda where: watch.ran.append(where))  # noqa: PLW0108
        context.expose_function("noteReport", lambda what: watch.reports.append(what))  # noqa: PLW0108
        context.add_init_script(HOOK)
        context.on("page", watch.attach)
        return watch

    def attach(self, page: Page) -> None:
        page.on("dialog", self._dismiss)
        page.on("pageerror", self._note_error)

    def _dismiss(self, dialog: Dialog) -> None:
        self.ran.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _note_error(self, error: Error) -> None:
        # A frame without the hook has nothing to call, and says so.
        if RUN in error.message:
            self.ran.append(error.message)

    def look(self, page: Page) -> None:
        """After a page has come: waits for what its elements would load, and looks at them."""
        page.wait_for_timeout(60)
        self.alive += [f"{page.url}: {element}" for element in page.evaluate(ALIVE)]

    @property
    def everything(self) -> tuple[Sequence[Any], ...]:
        return (self.ran, self.reports, self.alive)


@contextmanager
def watched(context: BrowserContext) -> Iterator[tuple[Page, Watch]]:
    """A page of a browser that is closed afterwards."""
    watch = Watch.over(context)
    yield context.new_page(), watch
    context.close()
