"""Pages in Chromium slowed down to the slow phone of the design: 1.6 Mbit/s, 150 ms each request, processor 4x slower.

Chromium adds the 150 ms to each request, not to each connection. Milliseconds are reported, shifts are counted.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench import journey
from bench.client import HOST
from bench.serving import served
from bench.table import Row, spread
from scripts.chromium import NoChromiumError, find_or_explain, launch_flags

SECTION = "slow phone"
REPEATS = 3
SCREEN: Any = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER_PROCESSOR = 4
SETTLED_AFTER_MS = 600
"""After the page has loaded: whatever still moves would have moved by then."""
PAINTED_AND_SHIFTED = """() => new Promise(tell => {
    let painted = 0, shifted = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => painted = each.startTime))
        .observe({type: "largest-contentful-paint", buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(each => shifted += each.value))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => tell([painted, shifted]), 100);
})"""


def rows() -> Iterator[Row]:
    """Largest contentful paint and layout shift, nothing cached; a row that says so without Chromium."""
    try:
        program = find_or_explain()
    except NoChromiumError as error:
        yield Row(SECTION, f"not measured: {error}", None)
        return
    walked = journey.engineer()
    cookies = walked.result.request.cookies
    pages = {
        "start": "/",
        "first question": walked.questions[0].request.path,
        "occupation, search open": f"{walked.questions[2].request.path}?q=engineer",
        "offer": next(target.request.path for target in walked.questions if target.name == "offer"),
        "result": walked.result.request.path,
    }
    with served() as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=launch_flags())
        try:
            for name, path in pages.items():
                address = f"http://{HOST}:{port}{path}"
                seen = [_seen(browser, address, cookies) for _repeat in range(REPEATS + 1)][1:]
                painted = [ms for ms, _shifted in seen]
                yield Row(SECTION, f"{name}: LCP", statistics.median(painted), "ms", spread(painted))
                yield Row(SECTION, f"{name}: CLS", max(shifted for _ms, shifted in seen), at_most=0)
        finally:
            browser.close()


def _seen(browser: Browser, address: str, cookies: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds until the largest paint, and the sum of the shifts."""
    context = browser.new_context(**SCREEN)
    try:
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
        page.goto(address, wait_until="load")
        page.wait_for_timeout(SETTLED_AFTER_MS)
        painted, shifted = page.evaluate(PAINTED_AND_SHIFTED)
        return painted, shifted
    finally:
        context.close()
