"""Why a file cannot be taken for a list, or a list takes no effect: each reason in Chinese and in English."""

from __future__ import annotations

from enum import Enum
from typing import Any

from backend.core.errors import OperatorError, ProductError


class Refusal(Enum):
    """A reason in both languages; what differs stands in braces, and is never a value of a row."""

    UNREADABLE = ("{name} 无法读取:{fault}。", "{name} cannot be read: {fault}.")
    EMPTY = ("{name} 是空的。", "{name} is empty.")
    NO_ROWS = ("{name} 里没有任何一行。", "{name} holds no rows.")
    OLD_EXCEL = (
        "{name} 不是名单:这是旧版 Excel 文件(.xls);请先另存为 .xlsx。",
        "{name} is not a list: it is an old Excel file (.xls): save it as .xlsx first.",
    )
    PICTURE = ("{name} 不是名单:这是图片。", "{name} is not a list: it is a picture.")
    PDF = ("{name} 不是名单:这是 PDF 文件。", "{name} is not a list: it is a PDF.")
    GZIP = (
        "{name} 不是名单:这是 gzip 压缩包;请先解压。",
        "{name} is not a list: it is a gzip archive: unpack it first.",
    )
    SEVEN_ZIP = (
        "{name} 不是名单:这是 7z 压缩包;请先解压。",
        "{name} is not a list: it is a 7z archive: unpack it first.",
    )
    RAR = (
        "{name} 不是名单:这是 RAR 压缩包;请先解压。",
        "{name} is not a list: it is a RAR archive: unpack it first.",
    )
    UTF_16 = (
        "{name} 不是名单:这是 UTF-16 文字;请先另存为 UTF-8。",
        "{name} is not a list: it is UTF-16 text: save it as UTF-8 first.",
    )
    WEB_PAGE = ("{name} 不是名单:这是网页或 XML。", "{name} is not a list: it is a web page or XML.")
    NOT_TEXT = ("{name} 不是名单:内容不是文字。", "{name} is not a list: it is not text.")
    NO_COLUMNS = (
        (
            "{name} 不是失信被执行人名单:没有找到姓名(被执行人姓名/名称)或案号这一列;"
            "请改列名,命令行导入可用 --mapping 指定。"
        ),
        (
            "{name} is not a list of judgment defaulters: no column for the name (被执行人姓名/名称) or the case"
            " number (案号) was recognised; rename your columns, or name them with --mapping."
        ),
    )
    NO_HEADER = ("{name} 没有列名那一行。", "{name} has no row of headers.")
    BROKEN_OFF = (
        "{name} 的 JSON 不完整:在第 {number} 行之后中断或损坏。",
        "{name} is not complete JSON: it breaks off or is damaged after row {number}.",
    )
    BAD_JSON = ("{name} 的 JSON 在第 {number} 行之后有误。", "{name} is not valid JSON after row {number}.")
    MORE_JSON = (
        "{name} 的 JSON 有误:名单结束之后还有内容。",
        "{name} is not valid JSON: something follows the end of the list.",
    )
    ENDLESS_LINE = ("{name} 不是名单:第 {number} 行没有结尾。", "{name} is not a list: line {number} has no end.")
    ONE_OBJECT = (
        "{name} 是一个 JSON 对象,不是名单;请用数组,或每行一个对象。",
        "{name} is a JSON object, not a list: give an array, or one object a line.",
    )
    LONG_CELL = (
        "{name} 的 CSV 有误:有一格太长,多半是引号没有成对。",
        "{name} is not valid CSV: a cell is too long; most likely a quotation mark is not closed.",
    )
    BAD_CSV = ("{name} 的 CSV 有误:{fault}。", "{name} is not valid CSV: {fault}.")
    DAMAGED_EXCEL = (
        "{name} 是损坏的 Excel 文件:请用 Excel 打开并重新保存。",
        "{name} is a damaged Excel file: open and save it in Excel again.",
    )
    DAMAGED_ARCHIVE = ("{name} 是损坏的压缩包,不是 Excel 文件。", "{name} is a damaged archive, not an Excel file.")
    ARCHIVE = (
        "{name} 是压缩包,不是 Excel 文件;请先解压。",
        "{name} is an archive, not an Excel file: unpack it first.",
    )
    TOO_MUCH_UNPACKED = (
        "{name} 不予接收:展开后要占 {megabytes:,} MB 内存。",
        "{name} is refused: unpacked it would fill {megabytes:,} MB of memory.",
    )
    TOO_LARGE = (
        "文件超过 {megabytes} MB:请分成几份,或由系统管理员用命令行导入。",
        "The file is larger than {megabytes} MB: split it, or have it imported by command line.",
    )
    TOO_MANY_ROWS = (
        "超过 {most:,} 行:请由系统管理员用命令行导入(listings import)。",
        "More than {most:,} rows: have the list imported by command line (listings import).",
    )
    NO_FILE = ("请选择一个文件。", "Choose a file.")
    OTHER_COURT = ("有一行是其他法院的。", "A row is another court's.")
    TOO_LONG = ("核对用时过长;请重新上传文件。", "The check took too long; upload the file again.")
    STOPPED = (
        "核对时服务器停了;请重新上传文件。",
        "The server stopped while this was checked; upload the file again.",
    )
    UNFORESEEN = (
        "出现意外错误;什么都没有改变。请再试一次,再出错请告诉系统管理员。",
        "An unforeseen error; nothing was changed. Try once more; if it fails again, tell the operator.",
    )
    OTHER_IMPORT = (
        "另一次导入还在进行:请等它结束后再试。",
        "Another import is still running on this database: try again when it is done.",
    )

    def said(self, **places: Any) -> tuple[str, str]:
        """In Chinese and in English, with what differs in its places."""
        zh, en = self.value
        return zh.format(**places), en.format(**places)

    def told(self, **places: Any) -> str:
        """As a list keeps it: Chinese, and on the next line English."""
        return "\n".join(self.said(**places))


class NotTaken(OperatorError):
    """Ends a command with a reason of the table; a page tells it in the reader's language."""

    def __init__(self, why: Refusal, **places: Any) -> None:
        zh, en = why.said(**places)
        super().__init__(en)
        self.zh = zh


def told(error: OperatorError | ProductError) -> str:
    """Why a list takes no effect, as it keeps it: in Chinese where that is known, and on the next line in English."""
    said = str(error) or (error.title if isinstance(error, ProductError) else "")
    return f"{error.zh}\n{said}" if error.zh else said
