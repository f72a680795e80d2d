"""The help centre's own words. A pack rewords each with a phrase ``help: <name>``, a folder with ``folder: <name>``."""

from __future__ import annotations

from courtesy.pack.model import Pack

NAMES = {
    "en": "English", "es": "Español", "zh": "中文", "fr": "Français", "de": "Deutsch", "it": "Italiano",
    "pt": "Português", "ca": "Català", "eu": "Euskara", "gl": "Galego", "nl": "Nederlands", "ja": "日本語",
}  # fmt: skip

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "help centre": "Help centre",
        "headline": "How can we help?",
        "search": "Search",
        "search hint": "For example: how do I return something",
        "skip": "Skip to the content",
        "articles": "articles",
        "one article": "article",
        "other": "More",
        "results": "Results for “{query}”",
        "best answer": "Best answer",
        "read on": "Read the whole article",
        "nothing": "No article answers “{query}”.",
        "nothing hint": "Try other words, or ask us: we are happy to help.",
        "chat": "Chat with us",
        "still stuck": "Did not find it?",
        "chat hint": "Ask {representative}, or talk to a person.",
        "valid from": "Valid from {date}",
        "contents": "On this page",
        "more in": "More on this subject",
        "helpful": "Was this helpful?",
        "yes": "Yes",
        "no": "No",
        "thanks": "Thank you, we have noted it.",
        "other language": "This article is not available in your language yet.",
        "not found": "This page does not exist",
        "not found hint": "It may have moved. Search for it, or start from the help centre.",
        "colleagues only": "Only for colleagues",
        "languages": "Language",
        "path": "Where you are",
        "write": "Write to us",
        "call": "Call us",
    },
    "es": {
        "help centre": "Centro de ayuda",
        "headline": "¿En qué podemos ayudarte?",
        "search": "Buscar",
        "search hint": "Por ejemplo: cómo devuelvo un producto",
        "skip": "Ir al contenido",
        "articles": "artículos",
        "one article": "artículo",
        "other": "Más",
        "results": "Resultados para «{query}»",
        "best answer": "La mejor respuesta",
        "read on": "Leer el artículo completo",
        "nothing": "Ningún artículo responde a «{query}».",
        "nothing hint": "Prueba con otras palabras o pregúntanos: te ayudamos encantados.",
        "chat": "Chatea con nosotros",
        "still stuck": "¿No lo encuentras?",
        "chat hint": "Pregunta a {representative} o habla con una persona.",
        "valid from": "Válido desde el {date}",
        "contents": "En esta página",
        "more in": "Más sobre este tema",
        "helpful": "¿Te ha servido?",
        "yes": "Sí",
        "no": "No",
        "thanks": "Gracias, lo hemos anotado.",
        "other language": "Este artículo todavía no está disponible en tu idioma.",
        "not found": "Esta página no existe",
        "not found hint": "Puede que haya cambiado de sitio. Búscala o empieza por el centro de ayuda.",
        "colleagues only": "Solo para compañeros",
        "languages": "Idioma",
        "path": "Dónde estás",
        "write": "Escríbenos",
        "call": "Llámanos",
    },
    "zh": {
        "help centre": "帮助中心",
        "headline": "有什么可以帮您？",
        "search": "搜索",
        "search hint": "例如：怎么退货",
        "skip": "跳到正文",
        "articles": "篇文章",
        "one article": "篇文章",
        "other": "更多",
        "results": "“{query}”的搜索结果",
        "best answer": "最佳答案",
        "read on": "阅读全文",
        "nothing": "没有文章能回答“{query}”。",
        "nothing hint": "请换个说法再试，或直接询问我们，我们很乐意帮忙。",
        "chat": "在线咨询",
        "still stuck": "没有找到答案？",
        "chat hint": "请咨询{representative}，或联系人工客服。",
        "valid from": "自{date}起有效",
        "contents": "本页内容",
        "more in": "相关文章",
        "helpful": "这篇文章对您有帮助吗？",
        "yes": "有",
        "no": "没有",
        "thanks": "谢谢，我们已经记下了。",
        "other language": "这篇文章暂时没有您所用语言的版本。",
        "not found": "页面不存在",
        "not found hint": "页面可能已移动。请搜索，或从帮助中心首页开始。",
        "colleagues only": "仅供同事阅读",
        "languages": "语言",
        "path": "当前位置",
        "write": "给我们写信",
        "call": "致电我们",
    },
}
FOLDERS: dict[str, dict[str, str]] = {
    "account": {"en": "Your account", "es": "Tu cuenta", "zh": "账户"},
    "accounts": {"en": "Your account", "es": "Tu cuenta", "zh": "账户"},
    "advice": {"en": "Advice", "es": "Consejos", "zh": "选购建议"},
    "care": {"en": "Care", "es": "Cuidado", "zh": "保养"},
    "choosing": {"en": "Choosing", "es": "Cómo elegir", "zh": "选购指南"},
    "colleagues": {"en": "For colleagues", "es": "Para compañeros", "zh": "内部资料"},
    "company": {"en": "About us", "es": "Sobre nosotros", "zh": "关于我们"},
    "complaints": {"en": "Complaints", "es": "Reclamaciones", "zh": "投诉"},
    "contact": {"en": "Contact", "es": "Contacto", "zh": "联系我们"},
    "delivery": {"en": "Delivery", "es": "Envíos", "zh": "配送"},
    "exchanges": {"en": "Exchanges", "es": "Cambios", "zh": "换货"},
    "ordering": {"en": "Ordering", "es": "Pedidos", "zh": "下单"},
    "orders": {"en": "Orders", "es": "Pedidos", "zh": "订单"},
    "payment": {"en": "Payment", "es": "Pago", "zh": "付款"},
    "payments": {"en": "Payment", "es": "Pago", "zh": "付款"},
    "privacy": {"en": "Privacy", "es": "Privacidad", "zh": "隐私"},
    "products": {"en": "Products", "es": "Productos", "zh": "商品"},
    "refunds": {"en": "Refunds", "es": "Reembolsos", "zh": "退款"},
    "repairs": {"en": "Repairs and workshop", "es": "Reparaciones y taller", "zh": "维修"},
    "returns": {"en": "Returns and refunds", "es": "Devoluciones y reembolsos", "zh": "退货与退款"},
    "safety": {"en": "Product safety", "es": "Seguridad de los productos", "zh": "产品安全"},
    "sizes": {"en": "Size guides", "es": "Guías de tallas", "zh": "尺码指南"},
    "sizing": {"en": "Size guides", "es": "Guías de tallas", "zh": "尺码指南"},
    "stores": {"en": "Stores", "es": "Tiendas", "zh": "门店"},
    "sustainability": {"en": "Sustainability", "es": "Sostenibilidad", "zh": "可持续发展"},
    "warranty": {"en": "Warranty", "es": "Garantía", "zh": "保修"},
}


def labels_in(pack: Pack, language: str) -> dict[str, str]:
    """Every label in this language (English where we have none), as the pack words it. Keys have no blanks."""
    own = LABELS["en"] | LABELS.get(language, {})
    worded = {name: pack.phrases.get((language, f"help: {name}")) for name in own}
    return {name.replace(" ", "_"): (phrase.text if (phrase := worded[name]) else text) for name, text in own.items()}


def folder_title(pack: Pack, folder: str, language: str) -> str:
    if phrase := pack.phrases.get((language, f"folder: {folder}")):
        return phrase.text
    known = FOLDERS.get(folder, {})
    return known.get(language) or known.get("en") or folder.replace("-", " ").capitalize()
