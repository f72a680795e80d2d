// The interface's own words, in the languages it ships with; what the company says comes from its pack.

const WORDS = {
  en: {
    chat: "Chat", greeting: "Hello! How can we help?",
    assistant: "automatic representative",
    about: "{name} is our automatic representative and answers at once. You can talk to a person whenever you like.",
    you: "You", said: "{name}, {time}:", sent: "Sent", sending: "Sending…", waiting: "Not sent yet",
    failed: "Not sent", retry: "Try again", remove: "Remove", removeFile: "Remove {name}",
    write: "Write a message", writeHere: "Your message", send: "Send", attach: "Attach a file", drop: "Drop files here to send them",
    hint: "Enter sends, Shift + Enter starts a new line", typing: "{name} is typing", someone: "Someone",
    choose: "Choose an answer", chooseSeveral: "Choose one or more", confirm: "Confirm", sources: "Source:",
    person: "Talk to a person", personAsked: "A colleague has been asked and will answer here", personHere: "{name} is with you",
    always: "{name} answers at any hour", present: "Colleagues are here", back: "Colleagues are back {time}", personAskedAt: "A colleague has been asked and will answer from {time}",
    ended: "This conversation is closed. Write to open it again.",
    offline: "You are offline. Your messages are kept and sent when you are back.",
    reconnecting: "The connection was lost. Trying again…",
    menu: "More", close: "Close the chat", language: "Language", size: "Text size", sizes: ["Normal", "Large", "Larger"],
    transcript: "Save the conversation", restart: "Start a new conversation", restartSure: "Press again to leave this conversation",
    today: "Today", yesterday: "Yesterday", latest: "New messages", log: "Conversation",
    tooLarge: "{name} is larger than {size} MB.", wrongKind: "{name}: pictures, PDF, text and office documents can be sent.",
    tooMany: "Send at most 5 files at once.", download: "Download {name}", openImage: "Picture: {name}",
    uploading: "Sending {name}",
  },
  es: {
    chat: "Chat", greeting: "¡Hola! ¿En qué podemos ayudarte?",
    assistant: "asistente automático",
    about: "{name} es nuestro asistente automático y responde al momento. Puedes hablar con una persona cuando quieras.",
    you: "Tú", said: "{name}, {time}:", sent: "Enviado", sending: "Enviando…", waiting: "Aún sin enviar",
    failed: "No enviado", retry: "Reintentar", remove: "Quitar", removeFile: "Quitar {name}",
    write: "Escribe un mensaje", writeHere: "Tu mensaje", send: "Enviar", attach: "Adjuntar un archivo", drop: "Suelta aquí los archivos para enviarlos",
    hint: "Intro envía, Mayús + Intro empieza otra línea", typing: "{name} está escribiendo", someone: "Alguien",
    choose: "Elige una respuesta", chooseSeveral: "Elige una o varias", confirm: "Confirmar", sources: "Fuente:",
    person: "Hablar con una persona", personAsked: "Hemos avisado a un compañero, que te responderá aquí", personHere: "{name} está contigo",
    always: "{name} responde a cualquier hora", present: "Hay compañeros disponibles", back: "Los compañeros vuelven {time}", personAskedAt: "Hemos avisado a un compañero, que te responderá a partir de: {time}",
    ended: "Esta conversación está cerrada. Escribe para reabrirla.",
    offline: "No tienes conexión. Guardamos tus mensajes y los enviaremos cuando vuelvas.",
    reconnecting: "Se ha perdido la conexión. Reintentando…",
    menu: "Más", close: "Cerrar el chat", language: "Idioma", size: "Tamaño del texto", sizes: ["Normal", "Grande", "Muy grande"],
    transcript: "Guardar la conversación", restart: "Empezar otra conversación", restartSure: "Pulsa otra vez para salir de esta conversación",
    today: "Hoy", yesterday: "Ayer", latest: "Mensajes nuevos", log: "Conversación",
    tooLarge: "{name} ocupa más de {size} MB.", wrongKind: "{name}: se pueden enviar imágenes, PDF, texto y documentos de oficina.",
    tooMany: "Envía como máximo 5 archivos a la vez.", download: "Descargar {name}", openImage: "Imagen: {name}",
    uploading: "Enviando {name}",
  },
  zh: {
    chat: "在线咨询", greeting: "您好！有什么可以帮您？",
    assistant: "自动客服",
    about: "{name} 是我们的自动客服，会立即回复。您可以随时转接人工客服。",
    you: "您", said: "{name}，{time}：", sent: "已发送", sending: "正在发送…", waiting: "尚未发送",
    failed: "未发送", retry: "重试", remove: "移除", removeFile: "移除 {name}",
    write: "输入消息", writeHere: "您的消息", send: "发送", attach: "添加附件", drop: "将文件拖到此处发送",
    hint: "回车键发送，Shift + 回车键换行", typing: "{name} 正在输入", someone: "对方",
    choose: "请选择", chooseSeveral: "可多选", confirm: "确认", sources: "来源：",
    person: "联系人工客服", personAsked: "已通知人工客服，将在此回复您", personHere: "{name} 正在为您服务",
    always: "{name} 全天候为您服务", present: "人工客服在线", back: "人工客服上线时间：{time}", personAskedAt: "已通知人工客服，将于 {time} 起回复您",
    ended: "对话已结束。发送消息即可重新开始。",
    offline: "您已离线。消息已保存，恢复连接后会自动发送。",
    reconnecting: "连接已断开，正在重试…",
    menu: "更多", close: "关闭对话", language: "语言", size: "文字大小", sizes: ["标准", "大", "特大"],
    transcript: "保存对话记录", restart: "开始新对话", restartSure: "再按一次以离开当前对话",
    today: "今天", yesterday: "昨天", latest: "新消息", log: "对话",
    tooLarge: "{name} 超过 {size} MB。", wrongKind: "{name}：可发送图片、PDF、文本和办公文档。",
    tooMany: "一次最多发送 5 个文件。", download: "下载 {name}", openImage: "图片：{name}",
    uploading: "正在发送 {name}",
  },
};

let chosen = "en";

export function speak(language) {
  chosen = language in WORDS ? language : "en";
}

export const language = () => chosen;

/** The interface's wording of `key`, with `{fields}` filled. */
export function word(key, fields = {}) {
  const text = WORDS[chosen][key];
  return typeof text === "string" ? text.replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? "") : text;
}

/** The browser's own variety of the language where it has one: whether 15:02 or 3:02 PM is the visitor's habit. */
export const locale = () => navigator.languages.find((one) => one.split("-")[0] === chosen) ?? (chosen === "zh" ? "zh-Hans" : chosen);

export const clock = (at) => new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(at);

/** A later moment as people say it: the time alone today, else with the weekday. */
export function moment(at) {
  const sameDay = at.toDateString() === new Date().toDateString();
  return sameDay ? clock(at) : new Intl.DateTimeFormat(locale(), { weekday: "short", hour: "2-digit", minute: "2-digit" }).format(at);
}

export function day(at) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return word("today");
  if (days === 1) return word("yesterday");
  return new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long" }).format(at);
}
