"""Lets LibreOffice accept or reject all revisions of documents, and saves their text.

Runs in the Python that LibreOffice brings its bridge for, apart from the tests:

    /usr/bin/python3 office_revisions.py PROFILE < LINES

Each line is a file, `accept`, `reject` or `read`, and where the text goes.
"""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

COMMAND = {
    "accept": ".uno:AcceptAllTrackedChanges",
    "reject": ".uno:RejectAllTrackedChanges",
}


def setting(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def office(profile: str) -> tuple[subprocess.Popen[bytes], object]:
    pipe = f"closer{abs(hash(profile))}"
    process = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", here
    )
    for _ in range(240):
        try:
            url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
            return process, resolver.resolve(url)
        except Exception:  # noqa: BLE001 - what the bridge raises has no type
            time.sleep(0.25)
    process.kill()
    raise SystemExit("LibreOffice does not answer")


def main(profile: str) -> None:
    process, context = office(profile)
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = services.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", context
    )
    for line in sys.stdin:
        file, action, out = line.rstrip("\n").split("\t")
        document = desktop.loadComponentFromURL(
            Path(file).as_uri(), "_blank", 0, (setting("Hidden", True),)
        )
        if action in COMMAND:
            frame = document.CurrentController.Frame
            dispatcher.executeDispatch(frame, COMMAND[action], "", 0, ())
        document.getTextFields().refresh()
        document.storeToURL(
            Path(out).as_uri(),
            (
                setting("FilterName", "Text (encoded)"),
                setting("FilterOptions", "UTF8"),
            ),
        )
        document.close(True)
    with suppress(Exception):  # it closes the door behind itself
        desktop.terminate()
    process.wait(60)


if __name__ == "__main__":
    main(sys.argv[1])
