"""The demo's second act: the SMSC is gone, a GSM modem carries, and an officer's answer comes back by it."""
import json
import re
import time

from world import command, until

STANDBY = 'standby = "modem"\nstandby_after = "1s"\n'
ALERT = {
    "identifier": "dinkes-2026-0088", "sender": "psc119@dinkes-bontang.example",
    "status": "Actual", "msgType": "Alert", "scope": "Restricted", "restriction": "petugas kesehatan",
    "info": [{
        "language": "id", "category": ["Health"], "event": "Keracunan massal", "responseType": ["Prepare"],
        "urgency": "Immediate", "severity": "Severe", "certainty": "Observed",
        "senderName": "Dinkes Bontang", "headline": "Belasan orang keracunan di aula kecamatan",
        "description": "Belasan orang mual setelah makan siang bersama.",
        "instruction": "Siapkan ambulans dan ruang gawat darurat.",
        "area": [{"areaDesc": "Kec. Bontang Utara", "geocode": [{"valueName": "KEMENDAGRI", "value": "64.74.01"}]}]}]}


def configured(text, device):
    """The profile's SMS channel with a modem standing by for it."""
    modem = f'[channel.modem]\nkind = "modem"\ndevice = "{device}"\n\n'
    return re.sub(r"(?m)^\[channel\.sms\]\n", f"{modem}[channel.sms]\n{STANDBY}", text, count=1)


def show(play):
    """What is observed goes into play.seen, to be judged with the rest."""
    world, story, modem = play.world, play.story, play.modem
    story.title("The SMSC is gone, the modem stands by")
    world.smsc.kill()
    story.tell("SMSC", "is gone, as after a cut cable")
    code = publish(play)
    texts = until(lambda: [(to, text) for to, text in modem.sent() if code in text], 30, "the SMS by modem")
    time.sleep(0.5)  # the others of the team are told meanwhile
    texts = [(to, text) for to, text in modem.sent() if code in text]
    play.note("sms by modem")
    play.tell_readers("MODEM", [play.people.name(to) for to, _ in texts], texts[0][1])
    delivery = until(lambda: carried(world), 10, "the reason in the log")
    play.note("reason in the log")
    story.tell("LOG", delivery["reason"])
    answer(play, texts[0][0], code)


def publish(play):
    alert = dict(ALERT, sent=play.stamp())
    alert["info"][0]["expires"] = play.stamp(6 * 3600)
    file = play.world.place / "alert-2.json"
    file.write_text(json.dumps(alert, indent=1, ensure_ascii=False))
    play.story.tell("DINKES", "publishes on siaga/alert/dinkes:", alert["info"][0]["headline"] + ".")
    play.world.siaga_command("send", file, "--agency", "dinkes")
    return play.world.json("alert", ALERT["identifier"])["code"]


def carried(world):
    """A delivery of channel sms that went by the modem, and the row of the log that says so."""
    rows = [row for row in world.json("log", "show") if "by=modem" in row["detail"]]
    said = [d for d in world.json("alert", ALERT["identifier"])["deliveries"]
            if d["channel"] == "sms" and d["reason"].startswith("by modem, for sms is down: ")]
    return said[0] if rows and said else None


def answer(play, officer, code):
    text = f"siap {code}, ambulans meluncur"
    play.story.tell("ANSWER", f"{play.people.name(officer)} types on the phone, to the modem's number:", text)
    play.modem.text(officer, text)
    until(lambda: [a for a in play.world.json("acks") if a["code"] == code and a["via"] == "sms"
                   and a["answer"] == "accepted"], 20, "the answer by modem")
    play.note("answer by modem")
    play.story.tell("SIAGA", "Somebody has it in hand; the answer came back by the modem")


def bring_back(world):
    """For whoever explores: the SMSC is there again, on its old port."""
    world.start_smsc("--receipts", 200, port=world.smsc_port)
    until(lambda: command(world.smsc_control, "stats"), 5, "the SMSC's control port")
