"""Generated names for evaluations: as frequent and as odd as real ones, and nobody's.

People: surnames by their share of the population, given names of one or two characters by a Zipf law over common
and rare characters, compound surnames, and names of ethnic minorities with middle dots. Bodies: division, brand,
trade and legal form, some with a place in brackets, some individual businesses.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from backend.core.name_readings import rows


def _words(text: str) -> list[str]:
    return text.split(" ")


# Surnames in per ten thousand of the population, from published shares; the tail shares what is left.
_SURNAMES = (
    "王715 李701 张669 刘522 陈453 杨309 黄222 赵207 吴202 周199 徐145 孙142 马129 朱125 胡116 郭114 "
    "何109 林107 高106 罗99 郑92 梁84 谢72 宋70 唐65 许62 韩61 邓60 冯58 曹57 彭58 曾57 萧55 田51 董51 "
    "潘48 袁47 蔡46 蒋47 余48 于46 杜46 叶45 程45 魏44 苏43 吕45 丁42 任42 卢41 姚41 沈40 钟40 姜39 崔38 "
    "谭38 陆37 范37 汪36 廖36 石35 金34 韦34 贾34 夏33 付33 方32 邹31 熊30 白30 孟29 秦28 丘28 侯27 江27 "
    "尹27 薛27 阎26 段25 雷25 龙24 黎24 史23 陶23 贺22 毛22 郝22 顾21 龚21 邵21 万20 覃18 武18 钱18 戴17 "
    "严17 莫17 孔17 向16 常16 汤15 赖14 樊13 翟12 乔12 施12 岑4 单8 解6 仇3 区3 查3 盖2 缪3 朴2 乐2 卜4 种1 "
    "秘1 繁1"
)
_TAIL = (
    "殷骆倪温庞安章鲁葛伍申尤毕聂柴焦柳邢岳齐沿梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位"
    "覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛滕沙车俞窦卓连车房卞戚褚娄宗司古莘芦邬晏蓝冉边辜皮仲匡简商桑井凤窦池巩褚米宿麻"
    "敖冷冀占谈荣缪尚索卓应粟迟蒲明植闻鹿原浦谯鞠佟晁麦亓宫乌揭郁楼逄门臧苑阙郜虞权逯禚么郗佘郦兰农谌訾竺苟尉幸蔚冼宓昝"
)
_COMPOUNDS = _words(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 单于 长孙 万俟 宇文 独孤 端木 南宫 轩辕"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华建国文玉红志春梅海林金云晓燕小兰荣永德福生东成兴龙飞鹏辉波宇浩俊凯峰斌"
    "亮健宁佳琳雪婷欣怡慧颖莹洁璐瑶倩莉萍蓉凤珍珠琴素美香月娟秋菊莲清爱淑惠贤良仁义忠信诚顺祥贵富财宝来喜庆连长远方正立"
    "新天星阳光晨旭昊瑞睿泽轩梓涵子一诺思雨欣悦嘉逸若可馨紫萱诗语彤妍雅雯菲蕾薇青云翔宏广达利民安康根树木山石水江河湖川泉"
    "学书礼武世家中士先少大全有万三四五六九百千进发展开启昌盛隆茂森彬彪虎豹骏驰雷震霆鸣钧铭锋鑫锐钢铁柱栋梁材培坤乾元亨培增"
    "宗祖继承绍耀显荣朝廷恩传道敬奇才智聪颜冰雁莺鹂凰鸾巧妙珊瑚璇玲珑琪瑾瑜琼瑛碧翠芬芝芸茜荷菱萌蓓蔓薰兵卫战胜利捷和合团友"
)
_MINORITY_FIRST = _words(
    "买买提 艾力 阿卜杜 吐尔逊 古丽 努尔 麦麦提 依明 热合曼 阿依 帕提 玉素甫 肉孜 库尔班 木拉提 "
    "叶尔 哈力 巴特尔 扎西 才让 次仁"
)
_MINORITY_LAST = _words(
    "艾合买提 买买提 吐尔逊 热西提 阿不都拉 江 古丽 努尔 汗 别克 哈孜 木合塔尔 依米提 卓玛 多吉 "
    "尼玛 顿珠 旺堆 央宗 米热"
)
_CITIES = _words(
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 沈阳 大连 长春 "
    "哈尔滨 南京 苏州 无锡 徐州 杭州 宁波 温州 合肥 福州 厦门 泉州 南昌 济南 青岛 烟台 郑州 "
    "洛阳 武汉 宜昌 长沙 株洲 广州 深圳 佛山 东莞 南宁 海口 成都 绵阳 贵阳 昆明 拉萨 西安 "
    "兰州 西宁 银川 乌鲁木齐 重庆 上海 北京 天津"
)
_COUNTIES = _words("裕华区 长安区 桥西区 新华区 正定县 藁城区 朝阳区 高新区 城关区 鼓楼区 江北区 南山区 和平区 铁西区")
_PROVINCES = _words(
    "河北省 山西省 辽宁省 江苏省 浙江省 安徽省 福建省 山东省 河南省 湖北省 湖南省 广东省 四川省 云南省 陕西省"
)
_BRAND = (
    "鼎泰华盛恒信瑞丰嘉诚宏达博远金鑫隆昌永兴德润明月星辰海天龙翔凤鸣祥和顺源通利民康健安邦国汇聚众合联创新锐科智云腾飞跃"
    "万佳美家乐福满堂东方南北西山水林森木火土石玉宝珠光辉煌亿百千世纪元亨贞吉庆春夏秋冬梅兰竹菊青蓝红紫白沃尔卓越优品尚"
)
_TRADES = _words(
    "商贸 贸易 科技 建筑工程 建筑劳务 装饰工程 房地产开发 物业服务 餐饮管理 食品 机械设备 电子科技 "
    "网络科技 广告传媒 物流 运输 汽车销售 服装 化工 建材 农业开发 投资管理 酒店管理 医药 园林绿化 "
    "五金制品 环保科技 教育咨询"
)
_FORMS = _words("有限公司 有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司")
_SHOPS = _words("餐馆 超市 商店 经营部 服装店 五金店 便利店 养殖场 加工厂 诊所")


@dataclass(frozen=True)
class Listed:
    """One generated name as a file would write it; `brand` is empty for people."""

    name: str
    is_person: bool
    brand: str = ""


def people(number: int, seed: int = 1) -> Iterator[Listed]:
    """So many distinct people's names."""
    dice, seen = random.Random(seed), set[str]()
    surnames, shares = _surnames()
    characters, weights = _given_characters()
    while len(seen) < number:
        pool = 20_000
        chosen = dice.choices(surnames, shares, k=pool)
        firsts, seconds = (dice.choices(characters, weights, k=pool) for _ in range(2))
        for surname, first, second in zip(chosen, firsts, seconds, strict=True):
            name = surname + first + (second if dice.random() < 0.82 else "")
            if dice.random() < 0.02:
                name = f"{dice.choice(_MINORITY_FIRST)}{first * (dice.random() < 0.3)}·{dice.choice(_MINORITY_LAST)}"
            if name not in seen and len(seen) < number:
                seen.add(name)
                yield Listed(name, is_person=True)


def bodies(number: int, seed: int = 2) -> Iterator[Listed]:
    """So many distinct bodies' names."""
    dice, seen = random.Random(seed), set[str]()
    weights = [1 / (place + 20) for place in range(len(_BRAND))]
    while len(seen) < number:
        brand = "".join(dict.fromkeys(dice.choices(_BRAND, weights, k=2 if dice.random() < 0.7 else 3)))
        if len(brand) < 2:
            continue
        name = _body(dice, brand)
        if name not in seen:
            seen.add(name)
            yield Listed(name, is_person=False, brand=brand)


def _body(dice: random.Random, brand: str) -> str:
    city, trade, form = dice.choice(_CITIES), dice.choice(_TRADES), dice.choice(_FORMS)
    kind = dice.random()
    if kind < 0.12:
        return f"{city}市{dice.choice(_COUNTIES)}{brand}{dice.choice(_SHOPS)}"
    if kind < 0.24:
        return f"{brand}（{city}）{trade}{form}"
    province = dice.choice(_PROVINCES) if dice.random() < 0.15 else ""
    county = dice.choice(_COUNTIES) if dice.random() < 0.1 else ""
    suffix = "市" if county or dice.random() < 0.5 else ""
    branch = f"{dice.choice(_CITIES)}分公司" if dice.random() < 0.03 else ""
    return f"{province}{city}{suffix}{county}{brand}{trade}{form}{branch}"


def _surnames() -> tuple[list[str], list[float]]:
    table: dict[str, float] = {}
    for entry in _SURNAMES.split():
        table[entry[0]] = float(entry[1:])
    for place, surname in enumerate(_TAIL):
        table.setdefault(surname, 12 / (1 + place / 20))
    for surname in _COMPOUNDS:
        table[surname] = 1.2
    return list(table), list(table.values())


def _given_characters() -> tuple[list[str], list[float]]:
    common = list(dict.fromkeys(_GIVEN))
    others = [row for row in rows("shapes.tsv") if row[0] not in _GIVEN and row[1] in "12"]
    weights = [1 / (place + 15) for place in range(len(common))]
    # A tenth of given characters are none of the common ones.
    tail = sum(weights) / 9 / sum(1 / int(row[1]) ** 2 for row in others)
    return common + [row[0] for row in others], weights + [tail / int(row[1]) ** 2 for row in others]
