"""What crosses between a page and the worker that holds keys, and a worker that lets them out."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from pathlib import Path

from backend.core.sealing.wire import to_text

# Everything that crosses between page and worker is written down, both ways, before anybody else sees it.
HOOK = """
globalThis.crossed = []
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const write = (value) => {
  if (value instanceof ArrayBuffer) return { hex: hex(new Uint8Array(value)) }
  if (ArrayBuffer.isView(value)) return { hex: hex(new Uint8Array(value.buffer)) }
  if (Array.isArray(value)) return value.map(write)
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, write(held)]))
}
const Native = Worker
globalThis.Worker = class extends Native {
  constructor(...given) {
    super(...given)
    this.addEventListener('message', ({ data }) => crossed.push(JSON.stringify(write(data))))
  }
  postMessage(data, ...rest) {
    crossed.push(JSON.stringify(write(data)))
    super.postMessage(data, ...rest)
  }
}
"""


def found_in(crossed: str, keys: Iterable[bytes]) -> list[bytes]:
    def spellings(key: bytes) -> list[str]:
        numbers = ",".join(map(str, key))
        return [key.hex(), to_text(key), base64.b64encode(key).decode().rstrip("="), numbers]

    return [key for key in keys if any(one in crossed for one in spellings(key))]


def leak(file: str, honest: str, leaking: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert honest in text
        (folder / file).write_text(text.replace(honest, leaking), "utf-8")

    return change
