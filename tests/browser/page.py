"""The report as a reader uses it: searching, opening a scenario, unfolding what is folded."""

from typing import Any

LOCAL = ("file:", "data:", "blob:", "about:")


class ReportPage:
    """Everything that the page asks for is kept in ``asked``, every error that it reports in ``errors``."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(address)
        page.get_by_test_id("tree-section-title").first.wait_for()

    @property
    def outside(self) -> list[str]:
        """What was asked of anything that is not this file."""
        return [url for url in self.asked if not url.startswith(LOCAL)]

    def texts(self, test_id: str) -> list[str]:
        return self.page.get_by_test_id(test_id).all_inner_texts()

    def text(self) -> str:
        return self.page.inner_text("body")

    def unfold(self, *titles: str) -> None:
        """Open parts of the tree, from the outside to the inside."""
        for title in titles:
            self.page.get_by_test_id("tree-section-title").get_by_text(title, exact=True).first.click()

    def open(self, scenario: str) -> None:
        """Open a scenario that is in sight."""
        self.page.get_by_test_id("tree-leaf-title").get_by_text(scenario, exact=True).first.click()
        self.page.get_by_test_id("test-result-steps-root").first.wait_for()

    def unfold_step(self, text: str) -> None:
        """Show what is beneath a step or a check."""
        self.page.get_by_test_id("test-result-step-header").get_by_text(text).first.click()

    def show_exchange(self, text: str) -> None:
        """Show an attached exchange."""
        self.page.get_by_test_id("test-result-attachment-header").get_by_text(text).first.click()

    def shows(self, text: str) -> bool:
        """Whether a text comes into sight, here or in a frame of the page."""
        self.page.get_by_text(text).first.wait_for()
        return True
