"""A customer's phone: what is set on it, what it shows, and what follows from both and from the network around it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Written = Mapping[str, Any]

GENERATIONS = {"4g_5g_preferred": ("5G", "4G"), "4g_only": ("4G",), "3g_only": ("3G",), "2g_only": ("2G",)}
MEGABITS = {"2G": (0.1, 0.4), "3G": (1.0, 5.0), "4G": (10.0, 100.0), "5G": (50.0, 500.0)}
OF_STRENGTH = {"poor": 0.2, "fair": 0.5, "good": 0.8, "excellent": 1.0}
BARS = {"none": "No Signal", "poor": "Poor", "fair": "Fair", "good": "Good", "excellent": "Excellent"}
THROUGH_A_SLOW_TUNNEL = 0.1
WHILE_SAVING = 0.2
USUAL_ACCESS_POINT = {
    "apn_name": "internet",
    "reset_at_reboot": False,
    "mms_apn": "mms",
    "mmsc_url": "http://mms.carrier.com/mms/wapenc",
}


def on(value: object) -> str:
    return "ON" if value else "OFF"


@dataclass
class Phone:
    """``device`` and ``around`` in the exam's own form; ``pay`` pays what is asked for, and says so."""

    device: dict[str, Any]
    around: dict[str, Any]
    pay: Callable[[], str] = lambda: "You do not have any payment request."
    asked_to_pay: Callable[[], str] = lambda: "No payment request has been made."
    used: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, written: Written, **more: Any) -> Phone:
        return cls(copy.deepcopy(written["device"]), copy.deepcopy(written["surroundings"]), **more)

    # --- the network ------------------------------------------------------------------------------

    def search(self) -> None:
        """Look for a network, as a phone does whenever something about it changes."""
        one, found = self.device, ""
        if self._may_connect():
            strengths = self.around["signal_strength"]
            found = next((name for name in GENERATIONS[one["network_mode_preference"]] if strengths.get(name)), "")
        one["network_connection_status"] = "connected" if found else "no_service"
        one["network_technology_connected"] = found or "none"
        one["network_signal_strength"] = self.around["signal_strength"][found] if found else "none"

    def _may_connect(self) -> bool:
        one = self.device
        return (
            not one["airplane_mode"]
            and not one["sim_card_missing"]
            and one["sim_card_status"] == "active"
            and one["active_apn_settings"]["apn_name"] != "broken"
            and bool(self.around["line_active"])
        )

    @property
    def has_service(self) -> bool:
        return self.device["network_connection_status"] == "connected"

    @property
    def has_data(self) -> bool:
        one, around = self.device, self.around
        roams = not around["is_abroad"] or (one["roaming_enabled"] and around["roaming_allowed"])
        quota = not around["mobile_data_usage_exceeded"]
        return bool(self.has_service and one["data_enabled"] and not one["airplane_mode"] and roams and quota)

    def speed(self) -> tuple[float, str] | None:
        """Megabits a second and the word for it; None without a connection."""
        if not self.has_data:
            return None
        one = self.device
        least, most = MEGABITS[one["network_technology_connected"]]
        tunnel = (one.get("vpn_details") or {}).get("server_performance") if one["vpn_connected"] else ""
        factor = OF_STRENGTH[one["network_signal_strength"]]
        factor *= THROUGH_A_SLOW_TUNNEL if tunnel == "poor" else 1
        factor *= WHILE_SAVING if one["data_saver_mode"] else 1
        megabits = round((least + most) / 2 * factor, 2)
        words = ((1, "Very Poor"), (5, "Poor"), (25, "Fair"), (100, "Good"))
        return megabits, next((word for limit, word in words if megabits < limit), "Excellent")

    @property
    def can_send_pictures(self) -> bool:
        one = self.device
        allowed = one["app_statuses"]["messaging"]["permissions"]
        over_wifi = one["wifi_calling_enabled"] and one["wifi_calling_mms_over_wifi"]
        return bool(
            self.has_data
            and one["network_technology_connected"] != "2G"
            and not over_wifi
            and one["active_apn_settings"].get("mmsc_url")
            and allowed["sms"]
            and allowed["storage"]
        )

    # --- what it shows ----------------------------------------------------------------------------

    def status_bar(self) -> str:
        one = self.device
        if one["airplane_mode"]:
            shown = ["Airplane Mode"]
        else:
            shown = [BARS[one["network_signal_strength"]]]
            shown += [one["network_technology_connected"]] if self.has_service else []
            carries_data = one["data_enabled"] and self.has_service
            shown += ["Data Enabled" if carries_data else "Data Disabled"]
            shown += ["Data Saver"] if carries_data and one["data_saver_mode"] else []
        shown += ["Wi-Fi Enabled"] if one["wifi_enabled"] else []
        shown += ["VPN Connected"] if one["vpn_connected"] else []
        return " | ".join([*shown, f"{one['battery_level']}%"])

    def use(self, tool: str, arguments: Written | None = None) -> str:
        """Do one thing on the phone, by the exam's name for it; returns what the phone then says."""
        self.used.append(tool)
        said = _TOOLS[tool](self, **(arguments or {}))
        if tool in _SEARCHES:
            self.search()
        if tool in _CHANGES:
            said += f"\nStatus Bar: {self.status_bar()}"
        return said

    def _network(self) -> str:
        one = self.device
        return (
            f"Airplane Mode: {on(one['airplane_mode'])}\n"
            f"SIM Card Status: {'missing' if one['sim_card_missing'] else one['sim_card_status']}\n"
            f"Cellular Connection: {one['network_connection_status']}\n"
            f"Cellular Signal: {one['network_signal_strength']}\n"
            f"Cellular Network Type: {one['network_technology_connected']}\n"
            f"Mobile Data Enabled: {'Yes' if one['data_enabled'] else 'No'}\n"
            f"Data Roaming Enabled: {'Yes' if one['roaming_enabled'] else 'No'}\n"
            f"Wi-Fi Radio: {on(one['wifi_enabled'])}"
        )

    def _sim(self) -> str:
        if self.device["sim_card_missing"]:
            return "No SIM card detected in the phone."
        state = self.device["sim_card_status"]
        return "Your SIM card is active and working." if state == "active" else f"The SIM card is locked: {state}."

    def _access_point(self) -> str:
        settings = self.device["active_apn_settings"]
        return f"Current APN Name: {settings['apn_name']}\nMMSC URL (for picture messages): " + (
            settings.get("mmsc_url") or "Not Set"
        )

    def _tunnel(self) -> str:
        if not self.device["vpn_connected"]:
            return "No active VPN connection detected."
        return "VPN is ON and connected. Server performance: " + str(
            (self.device.get("vpn_details") or {}).get("server_performance", "unknown")
        )

    def _speed_test(self) -> str:
        found = self.speed()
        return "Speed test failed: no connection." if found is None else f"{found[0]} Mbps ({found[1]})"

    def _apps(self, app_name: str) -> str:
        allowed = self.device["app_statuses"][app_name]["permissions"]
        granted = ", ".join(name for name, given in allowed.items() if given) or "nothing"
        return f"App '{app_name}' has permission for: {granted}."

    # --- what can be done on it -------------------------------------------------------------------

    def _turn(self, what: str, name: str) -> str:
        self.device[what] = not self.device[what]
        return f"{name} is now {on(self.device[what])}."

    def _prefer(self, mode: str) -> str:
        self.device["network_mode_preference"] = mode
        return f"Preferred Network Mode set to: {mode}"

    def _reseat(self) -> str:
        self.device["sim_card_missing"] = False
        return "SIM card re-seated successfully."

    def _reset_access_point(self) -> str:
        self.device["active_apn_settings"]["reset_at_reboot"] = True
        return "APN settings will reset at reboot."

    def _restart(self) -> str:
        said = "Restarting network services..."
        if self.device["active_apn_settings"].get("reset_at_reboot"):
            self.device["active_apn_settings"] = dict(USUAL_ACCESS_POINT)
            said = f"Resetting APN settings...\n{said}"
        return said

    def _leave_tunnel(self) -> str:
        if not self.device["vpn_connected"]:
            return "No active VPN connection to disconnect."
        self.device |= {"vpn_connected": False, "vpn_details": None}
        return "VPN disconnected successfully."

    def _grant(self, app_name: str, permission: str) -> str:
        self.device["app_statuses"][app_name]["permissions"][permission] = True
        return f"Success. Permission '{permission}' granted to app '{app_name}'."


def _switch(what: str, name: str) -> Callable[[Phone], str]:
    return lambda phone: phone._turn(what, name)


_TOOLS: dict[str, Callable[..., str]] = {
    "check_status_bar": lambda phone: f"Status Bar: {phone.status_bar()}",
    "check_network_status": Phone._network,
    "check_network_mode_preference": lambda phone: (
        f"Network Mode Preference: {phone.device['network_mode_preference']}"
    ),
    "check_sim_status": Phone._sim,
    "check_data_restriction_status": lambda phone: f"Data Saver Mode: {on(phone.device['data_saver_mode'])}",
    "check_apn_settings": Phone._access_point,
    "check_wifi_calling_status": lambda phone: f"Wi-Fi Calling: {on(phone.device['wifi_calling_enabled'])}",
    "check_vpn_status": Phone._tunnel,
    "check_app_permissions": Phone._apps,
    "run_speed_test": Phone._speed_test,
    "can_send_mms": lambda phone: (
        f"Your messaging app {'can' if phone.can_send_pictures else 'cannot'} send picture messages."
    ),
    "check_payment_request": lambda phone: phone.asked_to_pay(),
    "make_payment": lambda phone: phone.pay(),
    "set_network_mode_preference": Phone._prefer,
    "toggle_airplane_mode": _switch("airplane_mode", "Airplane Mode"),
    "toggle_data": _switch("data_enabled", "Mobile Data"),
    "toggle_roaming": _switch("roaming_enabled", "Data Roaming"),
    "toggle_data_saver_mode": _switch("data_saver_mode", "Data Saver Mode"),
    "toggle_wifi_calling": _switch("wifi_calling_enabled", "Wi-Fi Calling"),
    "reseat_sim_card": Phone._reseat,
    "reset_apn_settings": Phone._reset_access_point,
    "reboot_device": Phone._restart,
    "disconnect_vpn": Phone._leave_tunnel,
    "grant_app_permission": Phone._grant,
}
_CHANGES = frozenset(name for name in _TOOLS if not name.startswith(("check", "run", "can")) and name != "make_payment")
_SEARCHES = _CHANGES - {"grant_app_permission", "toggle_wifi_calling", "toggle_data_saver_mode"}
