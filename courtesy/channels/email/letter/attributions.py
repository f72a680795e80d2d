"""How mail programs announce a quotation, a forwarded mail or a signature, in the languages they are used in."""

from __future__ import annotations

import re

# "On …, Ana wrote:", and its sisters. A line counts only with a date or an address beside the verb.
_VERBS = (
    r"wrote|writes|escribi[óo]|escribe|a écrit|écrit|schrieb|schreibt|geschrieben|ha scritto|scrisse|escreveu|schreef|"
    r"skrev|написала?|пишет|пише|писал|pisze|pisał|napisał(?:\(?a\)?)?|napsala?|kirjoitti|yazdı|írta|έγραψε|a "
    r"scris|va escriure|"
    r"写道|寫道|写到|寫到|書きました|のメール|님이 작성|작성|كتب(?:ت)?|כתבה?|נכתב|เขียน(?:ว่า)?|đã viết|viết|"
    r"menulis|написа|"
    r"je napisa(?:o|la)|napisa[ol]|napísala?|rašė|rakstīja|kirjutas|escribiu|skrifaði|idatzi zuen|नے لکھا|ने लिखा|نوشت"
)
VERB = re.compile(
    rf"(?:^|[\s>）)】\]，,\u200f]|(?<=[\u0e00-\u0e7f\u4e00-\u9fff\d>]))(?:{_VERBS})(?=[\s:：(\u200f]|$)", re.IGNORECASE
)
OPENER = re.compile(
    r"^(?:On|Am|Le|El|Il|Em|Op|Den|På|W dniu|Dnia|Dne|Pe|La|Στις|A|El día|於|于|在|At|Vào|ke|V|mån|tis|ons|tors|fre|"
    r"lör|sön|man|tir|tor|lør|søn|Pada|Hari|Dana|Dňa|Na|Ve|Ngày|Lúc|Την|Στις|Kuupäeval|Þann|Az|Em|Em dia|El dia|"
    r"Dia|Den|Pada tanggal)\b|^(?:[于於在]|ในวันที่|เมื่อ|บน|في|يوم|ب?תאריך|ביום|ב-|מאת)",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?,? (?:de )?\d{2,4}|"
    r"[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:at )?\d{2,4}|\d{1,2}[:.]\d{2}"
)
DATE_FIRST = re.compile(
    r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ ,T]|\d{1,2}[. ][^\W\d_]{2,10}\.? \d{4}|\d{4}年\d{1,2}月|"
    r"[^\W\d_]{2,12}\.?,? \d{1,2}\.? [^\W\d_]{3,10}\.? \d{4})"
)
ZONED = re.compile(r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2} \d{1,2}:\d{2}(?::\d\d)? (?:GMT|UTC)?[+-]?\d{0,2}:?\d{0,2} ?\S")
ADDRESS = re.compile(r"[^\s<>@]{1,64}@[\w.-]{3,100}")
BRACKETED = re.compile(r"[<(\[][^\s<>@()]{1,64}@[\w.-]{3,100}[>)\]]")

DIVIDER = re.compile(
    r"^[\s*_>]*[-–—_=]{2,} ?(?:Original[ -]Message|Original Appointment|Forwarded [Mm]essage|Forwarded by .{1,80}|"
    r"Ursprüngliche (?:Nachricht|E-?Mail|Mail)|Originalnachricht|Weitergeleitete (?:Nachricht|E-?Mail)|"
    r"Message (?:d'origine|d’origine|original|transféré)|Courriel original|Mensaje (?:original|reenviado)|"
    r"Mensagem (?:original|encaminhada)|Messaggio (?:originale|inoltrato)|Oorspronkelijk bericht|"
    r"Doorgestuurd bericht|Ursprungligt meddelande|Opprinnelig melding|Oprindelig (?:meddelelse|besked)|"
    r"Vidarebefordrat meddelande|Alkuperäinen viesti|Wiadomość oryginalna|Treść oryginalnej wiadomości|"
    r"Исходное сообщение|Пересылаемое сообщение|Původní zpráva|Orijinal (?:Mesaj|İleti)|"
    r"原始邮件|原始郵件|原邮件|转发邮件|轉寄郵件|轉寄的郵件|回复的原邮件|原始信件|元のメッセージ|원본 메시지|"
    r"Eredeti üzenet|Továbbított üzenet|Mesaj(?:ul)? original|Mesaj redirecționat|Pôvodná správa|Přeposlaná zpráva|"
    r"Przekazana wiadomość|Izvorna poruka|Оригинално съобщение|Препратено съобщение|Оригінальне повідомлення|"
    r"Початкове повідомлення|Переслане повідомлення|Αρχικό μήνυμα|Thư gốc|Thư chuyển tiếp|Pesan Asli|Pesan Terusan|"
    r"Missatge original|Välitetty viesti|Videresendt (?:meddelelse|melding)|הודעה מקורית|הודעה שהועברה|"
    r"الرسالة الأصلية|رسالة معاد توجيهها|ข้อความต้นฉบับ|İletilen (?:Mesaj|İleti))"
    r" ?[-–—_=]*[\s*]*$",
    re.IGNORECASE,
)
FORWARD = re.compile(
    r"^\s*(?:Begin forwarded message|Inicio del mensaje reenviado|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|"
    r"Début du message réexpédié|Inizio messaggio inoltrato|Início da mensagem encaminhada|"
    r"Begin doorgestuurd bericht|Vidarebefordrat brev|Начало переадресованного сообщения|Początek przekazanej "
    r"wiadomości|"
    r"Początek wiadomości przekazanej dalej|Alkaa välitetty viesti|Start på videresendt besked|Videresendt melding|"
    r"İleti başlangıcı|転送されたメッセージ|以下是转发的邮件|전달된 메시지|开始转发的邮件|"
    r"下面是被转发的邮件)\s*[:：]\s*$",
    re.IGNORECASE,
)

_FROM = (
    "From|De|Von|Da|Van|Från|Fra|Od|От|Від|发件人|寄件者|寄件人|差出人|보낸 사람|Lähettäjä|Kimden|Gönderen|"
    "Feladó|Expeditor|De la|Από|Šalje|Dari|Từ|จาก|מאת|من"
)
_OTHER = (
    "Sent|Date|Enviado|Enviado el|Enviada em|Fecha|Envoyé|Envoyé le|Gesendet|Gesendet am|Datum|Inviato|Data|Verzonden|"
    "Skickat|Sendt|Dato|Wysłano|Отправлено|Дата|发送时间|發送時間|日期|時間|时间|"
    "傳送日期|送信日時|日時|보낸 날짜|Lähetetty|"
    "To|Para|À|An|A|Aan|Till|Til|Do|Кому|收件人|收件者|宛先|받는 사람|Vastaanottaja|Kime|Cc|Kopie|Copia|抄送|副本|"
    "Subject|Asunto|Objet|Betreff|Oggetto|Assunto|Onderwerp|Ämne|Emne|Temat|Тема|主题|主旨|件名|제목|Aihe|Konu|Předmět|"
    "Küldve|Elküldve|Címzett|Tárgy|Dátum|Trimis|Către|Subiect|Odoslané|Predmet|Odesláno|Komu|Poslano|Prima|Относно|"
    "Изпратено|До|Надіслано|Ημερομηνία|Προς|Θέμα|Στάλθηκε|Tanggal|Kepada|Subjek|Perihal|Ngày|Đến|Chủ đề|Gửi|ส่ง|ถึง|"
    "เรื่อง|วันที่|תאריך|נשלח|אל|נושא|التاريخ|تاريخ الإرسال|إلى|الموضوع|Gönderilme|Gönderildi|Tarih|Päiväys|Päivämäärä|"
    "Enviat|Assumpte|Per a|Enviado a|Destinatario|Destinataire|"
    "Reply-To|Reply to|Risposta|Rispondi a|Responder a|Répondre à|Antwort an|Importance|Wichtigkeit|Organization"
)
HEADER_FROM = re.compile(rf"^[\s*>|]*(?:{_FROM})\s?\*?\s?[:：]", re.IGNORECASE)
HEADER_ANY = re.compile(rf"^[\s*>|]*({_FROM}|{_OTHER})\s?\*?\s?[:：]", re.IGNORECASE)

MOBILE = re.compile(
    r"^[\s*_\[(]*(?:Sent (?:from|via|with|by) (?:my |a |the )?\S|"
    r"Get Outlook for |Enviado (?:desde|do|de|con) (?:mi|meu|el)? ?\S|"
    r"Obt[eé]n(?:er)? Outlook para|Envoyé (?:de|depuis|à partir|avec) |Télécharge[rz] Outlook|Obtenez Outlook|"
    r"Von meinem .{2,60} gesendet|Gesendet (?:von|mit|über) |Diese Nachricht wurde von mein|Holen Sie sich Outlook|"
    r"Outlook für |Inviato (?:da|dal) |Scarica Outlook|Ottieni Outlook|Verzonden (?:vanaf|met|via|vanuit) |"
    r"Outlook voor |Sendt (?:fra|med) (?:min )?\S|Skickat från |Hämta Outlook|Hent Outlook|Wysłane? z |Pobierz Outlook|"
    r"Отправлено (?:с|из|через) |Надіслано з |Enviado via |Enviado pelo |Lähetetty |"
    r"發自我的|发自我的|从我的.{1,20}发送|"
    r"從我的.{1,20}傳送|來自我的|获取 ?Outlook|取得 ?Outlook|发送自|.{1,20}から送信|나의 iPhone|.{1,20}에서 보냄|"
    r"Odesláno z|Odoslané z|Elküldve |Trimis de pe |.{1,30}(?:umdan|imden|den|dan) gönderildi|Στάλθηκε από |"
    r"(?:Được|Đã) gửi từ |Dikirim dari |ส่งจาก|נשלח מ|أ?ُ?رسلت? من|مرسل من|Enviat des d|Изпратено от |Poslano (?:s|"
    r"sa|iz|z) |"
    r"Wysłano z |Verstuurd (?:vanaf|met|via|vanuit) |Sent on the go|(?:\S{1,20} ){0,2}(?:from|via) (?:my )?"
    r"(?:mobile|phone|iphone|ipad|android)[\s.*_]*$)",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"^\s*(?:--|—|–|__|-{2,}|_{3,}|={5,})\s*$")
SYMBOLS = re.compile(r"^[\s\-_*=~#+—–ᐧ|]+$")
QUOTED = re.compile(r"^\s{0,4}(?:[A-Za-z]{0,3}>|\|)")
