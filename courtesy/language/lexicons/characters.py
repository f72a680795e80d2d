"""Characters that stand for others: look-alikes of Latin letters, and traditional for simplified Chinese."""

from __future__ import annotations

LOOK_ALIKES: dict[str, str] = dict(
    zip(
        "аАвВеЕкКмМнНоОрРсСтТуУхХіІјЈѕЅԁɡοΟαΑεΕιΙκΚνΝρΡτΤυΥχΧΒΖΗΜ",
        "aABBeEkKMMHHoOpPcCtTyYxXiIjJsSdgoOaAeEiIkKvNpPtTuYxXBZHM",
        strict=True,
    )
)

_TRADITIONAL = (
    "們這個為說時會對與國開關還進過運送貨單號碼訂購買賣錢塊費點話電郵網頁務員師經現實樣點線總應"
    "該麼嗎請謝讓給誰從來兩幾條雙頂張樓號區縣鎮鄉東廣門問聯繫絡關係發萬億無損壞舊換尺顏綠藍紅黃"
    "褲襪鞋帶傘燈車輛飛機場醫藥傷緊氣憤訴騙偷報銷賬帳戶卡額餘禮券優惠折價減選擇確認變動錯誤記得覺"
    "體驗質量檢測維護證據處理結束繼續轉達遲邊遠遞箱裡裝壓縮開啟態狀歷查詢題難聽讀寫語簡單"
    "歡樂愛熱陽風雲龍馬鳥魚麵飯貴賓廳館憑圖畫聲響樂隨後當場議員職業專範圍產續歸屬於將軍間"
)
_SIMPLE = (
    "们这个为说时会对与国开关还进过运送货单号码订购买卖钱块费点话电邮网页务员师经现实样点线总应"
    "该么吗请谢让给谁从来两几条双顶张楼号区县镇乡东广门问联系络关系发万亿无损坏旧换尺颜绿蓝红黄"
    "裤袜鞋带伞灯车辆飞机场医药伤紧气愤诉骗偷报销账帐户卡额余礼券优惠折价减选择确认变动错误记得觉"
    "体验质量检测维护证据处理结束继续转达迟边远递箱里装压缩开启态状历查询题难听读写语简单"
    "欢乐爱热阳风云龙马鸟鱼面饭贵宾厅馆凭图画声响乐随后当场议员职业专范围产续归属于将军间"
)
SIMPLIFIED: dict[str, str] = {old: new for old, new in zip(_TRADITIONAL, _SIMPLE, strict=True) if old != new}
SIMPLIFIED["妳"] = SIMPLIFIED["您"] = "你"
