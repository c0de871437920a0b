#include "protocols/email/mime/letter.hpp"

#include "protocols/email/mime/wording.hpp"
#include "tests/email/sample.hpp"
#include "tests/peers/mailsink/parsed_mail.hpp"
#include "tests/support/catch.hpp"

namespace siaga::email {
namespace {

using mailsink::parse_mail;
using mailsink::ParsedMail;

UtcTime const now(milliseconds(1'795'415'400'000));  // 2026-11-23 06:30 UTC

LetterBook book() {
  return LetterBook({"Siaga Bontang", "siaga@bontang.example"}, "");
}

ParsedMail mail_of(Message const& message) {
  auto letters = book();
  auto const letter = letters.write(message, now);
  REQUIRE(letter.has_value());
  return parse_mail(letter->mail);
}

bool has(std::string const& text, std::string const& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an exercise's mail says so first, then level, event, place and code", "[email]") {
  auto const mail = mail_of(test::sample_exercise());
  CHECK(mail.subject == "[LATIHAN] SIAGA: Unjuk rasa - Kel. Lok Tuan (4821)");
  CHECK(mail.text.starts_with("LATIHAN"));
  CHECK(mail_of(test::sample_alert()).subject == "SIAGA: Unjuk rasa - Kel. Lok Tuan (4821)");
}

TEST_CASE("every fact of an alert stands in both parts", "[email]") {
  auto const message = test::sample_exercise();
  auto const mail = mail_of(message);
  for (auto const& fact :
       {message.mark, message.level, message.event, message.place, message.time, message.action,
        message.headline, message.description, message.instruction, message.expires_text,
        message.code, message.sender_name, message.contact, message.officer_name}) {
    INFO(fact);
    CHECK(has(mail.text, fact));
    CHECK(has(mail.html, fact));
  }
  CHECK(mail.link == message.link);
  CHECK(has(mail.html, "href=\"http://127.0.0.1:8080/a/k7Qz-9_dX?x=1&amp;y=.2\""));
  CHECK(mail.text.find(message.action) < mail.text.find(message.description));
}

TEST_CASE("each kind of message has its own subject and asks only where an answer is wanted",
          "[email]") {
  std::string const what = "Unjuk rasa - Kel. Lok Tuan";
  auto const update = mail_of(test::sample_of(MessageKind::update));
  CHECK(update.subject == "[LATIHAN] PEMUTAKHIRAN SIAGA: " + what + " (4821)");
  CHECK(has(update.text, "Menggantikan pesan sebelumnya."));
  CHECK_FALSE(update.link.empty());

  auto const cancel = mail_of(test::sample_of(MessageKind::cancel));
  CHECK(cancel.subject == "[LATIHAN] PEMBATALAN: " + what);
  CHECK(has(cancel.text, "Peringatan ini tidak berlaku lagi"));

  auto const closing_message = test::sample_of(MessageKind::closing);
  auto const closing = mail_of(closing_message);
  CHECK(closing.subject == "[LATIHAN] SUDAH DITANGANI: " + what);
  CHECK(closing.text.starts_with(closing_message.text));
  CHECK(has(closing.html, closing_message.text));

  auto const notice = mail_of(test::sample_of(MessageKind::notice));
  CHECK(notice.subject == "[LATIHAN] PEMBERITAHUAN: " + what);
  for (auto const& mail : {cancel, closing, notice}) {
    CHECK_FALSE(has(mail.text, "/a/"));
    CHECK_FALSE(has(mail.html, "Jawab"));
    CHECK(mail.headers.count("x-priority") == 0);
  }
}

TEST_CASE("the headers tell machines what this is", "[email]") {
  auto const mail = mail_of(test::sample_alert());
  CHECK(mail.headers.at("from") == "Siaga Bontang <siaga@bontang.example>");
  CHECK(mail.headers.at("to") == "kabag.ops@polres-bontang.example");
  CHECK(mail.headers.at("date") == "Mon, 23 Nov 2026 06:30:00 +0000");
  CHECK(mail.headers.at("auto-submitted") == "auto-generated");
  CHECK(mail.headers.at("x-siaga-alert") == "12");
  CHECK(mail.headers.at("x-siaga-kind") == "alert");
  CHECK(mail.headers.at("importance") == "high");
  CHECK(mail.headers.at("mime-version") == "1.0");
  CHECK(mail.headers.count("reply-to") == 0);
  auto letters = LetterBook({"", "siaga@bontang.example"}, "piket@bontang.example");
  auto const answered = parse_mail(letters.write(test::sample_alert(), now)->mail);
  CHECK(answered.headers.at("reply-to") == "piket@bontang.example");
  CHECK(answered.headers.at("from") == "siaga@bontang.example");
}

TEST_CASE("the Message-ID is the same for every attempt and differs between deliveries",
          "[email]") {
  auto message = test::sample_alert();
  auto const first = mail_of(message);
  message.attempt = 2;
  message.possible_duplicate = true;
  auto const second = mail_of(message);
  CHECK(first.message_id == second.message_id);
  CHECK(first.message_id.starts_with("d77.a12."));
  CHECK(first.message_id.ends_with("@bontang.example"));
  message.delivery = DeliveryId(78);
  CHECK(mail_of(message).message_id != first.message_id);
  auto other_store = test::sample_alert();
  other_store.expires += milliseconds(60'000);
  CHECK(mail_of(other_store).message_id != first.message_id);
}

TEST_CASE("no word of an alert can add a header, a part or a line to the mail", "[email]") {
  auto const plain = mail_of(test::sample_alert());
  std::string const attack =
      "x\r\nBcc: all@bontang.example\r\n\r\n--=_siaga_alternatives\r\n.\r\nQUIT\x01\x03\x1b";
  auto message = test::sample_alert();
  for (auto* text : {&message.event, &message.place, &message.title, &message.level,
                     &message.action, &message.description, &message.instruction, &message.mark,
                     &message.sender_name, &message.sender_tag, &message.contact, &message.code,
                     &message.officer_name, &message.headline, &message.time})
    *text = attack;
  auto const mail = mail_of(message);
  CHECK(mail.header_count == plain.header_count);
  CHECK(mail.headers.count("bcc") == 0);
  CHECK(has(mail.text, "x Bcc: all@bontang.example --=_siaga_alternatives . QUIT"));
  CHECK(has(mail.html, "QUIT"));
  CHECK(mail.html.ends_with("</html>\n"));
  CHECK(mail.link == message.link);
}

TEST_CASE("markup in an alert is shown, not obeyed", "[email]") {
  auto message = test::sample_alert();
  message.event = "<script>alert(1)</script>";
  message.place = "\"onload=\"x\" & 'y'";
  message.officer_name = "<b>Ops</b>";
  auto const mail = mail_of(message);
  CHECK_FALSE(has(mail.html, "<script>"));
  CHECK_FALSE(has(mail.html, "<b>"));
  CHECK(has(mail.html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK(has(mail.html, "&quot;onload=&quot;x&quot; &amp; &#39;y&#39;"));
  CHECK(has(mail.text, "<script>alert(1)</script>"));
}

TEST_CASE("only web links become links", "[email]") {
  auto message = test::sample_alert();
  message.link = "javascript:alert(1)";
  message.web = "data:text/html,x";
  auto const mail = mail_of(message);
  CHECK_FALSE(has(mail.html, "javascript"));
  CHECK_FALSE(has(mail.html, "href"));
  CHECK_FALSE(has(mail.text, "data:"));
}

TEST_CASE("words beyond ASCII arrive whole, in header and body", "[email]") {
  auto message = test::sample_alert();
  message.event = "Banjir rob \xE2\x89\xA5 1,5 m \xE2\x80\x93 kr\xC3\xA9ol \xF0\x9F\x9A\xA8";
  message.description = "Caf\xC3\xA9 =3D =01 =0 ==";
  message.officer_name = "Ny. \xC3\x86sa";
  auto const mail = mail_of(message);
  CHECK(mail.subject == "SIAGA: " + message.event + " - Kel. Lok Tuan (4821)");
  CHECK(has(mail.text, message.description));
  CHECK(has(mail.html, message.description));
  CHECK(has(mail.text, message.officer_name));
  message.description = "broken \xff\xc3 utf";
  CHECK(has(mail_of(message).text, "broken ?? utf"));
}

TEST_CASE("the wire form is 7-bit lines of at most 998 bytes with CRLF ends only", "[email]") {
  auto message = test::sample_exercise();
  message.place = std::string(3000, 'x') + " Kel. Berbas \xC3\xA9";
  message.link = "https://siaga.example/a/" + std::string(600, '.');
  auto letters = book();
  auto const mail = letters.write(message, now)->mail;
  std::size_t line = 0;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    auto const byte = static_cast<unsigned char>(mail[i]);
    REQUIRE((byte < 0x80 && (byte >= 0x20 || byte == '\r' || byte == '\n' || byte == '\t')));
    REQUIRE((byte != '\n' || (i > 0 && mail[i - 1] == '\r')));
    REQUIRE((byte != '\r' || mail[i + 1] == '\n'));
    line = byte == '\n' ? 0 : line + 1;
    REQUIRE(line <= 998);
  }
  auto const parsed = parse_mail(mail);
  CHECK(parsed.link == message.link);
  CHECK(has(parsed.text, message.place));
}

TEST_CASE("recipients of one alert share its composition but not their link or name", "[email]") {
  auto letters = book();
  for (int i = 0; i < 500; ++i) {
    auto message = test::sample_alert();
    message.delivery = DeliveryId(i + 1);
    message.link = "http://127.0.0.1:8080/a/token-" + std::to_string(i);
    message.officer_name = "Petugas " + std::to_string(i);
    message.address = "p" + std::to_string(i) + "@bontang.example";
    auto const letter = letters.write(message, now);
    REQUIRE(letter.has_value());
    if (i % 50 != 0) continue;
    auto const mail = parse_mail(letter->mail);
    CHECK(mail.link == message.link);
    CHECK(has(mail.html, message.link + "\""));
    CHECK(has(mail.text, message.officer_name + "\n"));
    CHECK(mail.headers.at("to") == message.address);
  }
  CHECK(letters.composed() == 1);
}

TEST_CASE("a change in any shared word is a composition of its own", "[email]") {
  auto letters = book();
  auto message = test::sample_alert();
  REQUIRE(letters.write(message, now).has_value());
  for (auto* text : {&message.event, &message.place, &message.action, &message.code, &message.text,
                     &message.language, &message.mark}) {
    *text += "x";
    auto const before = letters.composed();
    REQUIRE(letters.write(message, now).has_value());
    CHECK(letters.composed() == before + 1);
  }
  message.link.clear();
  CHECK_FALSE(has(letters.write(message, now)->mail, "href"));
}

TEST_CASE("the book of compositions is bounded and forgets the one unused longest", "[email]") {
  auto letters = book();
  auto message = test::sample_alert();
  auto const of_alert = [&](std::size_t id) {
    message.alert = AlertId(static_cast<std::int64_t>(id));
    REQUIRE(letters.write(message, now).has_value());
  };
  for (std::size_t i = 1; i <= LetterBook::templates_max; ++i) of_alert(i);
  of_alert(1);
  CHECK(letters.composed() == LetterBook::templates_max);
  of_alert(1000);  // takes the place of 2
  of_alert(1);
  CHECK(letters.composed() == LetterBook::templates_max + 1);
  of_alert(2);
  CHECK(letters.composed() == LetterBook::templates_max + 2);
}

TEST_CASE("an address that cannot be mailed is refused with its reason", "[email]") {
  auto letters = book();
  auto message = test::sample_alert();
  message.address = "a@b.example\r\nDATA";
  auto const letter = letters.write(message, now);
  REQUIRE_FALSE(letter.has_value());
  CHECK(letter.error().is(Errc::invalid_argument));
}

TEST_CASE("a guest's mail is English", "[email]") {
  auto message = test::sample_alert();
  message.language = "en-GB";
  auto const mail = mail_of(message);
  CHECK(has(mail.html, "<html lang=\"en\">"));
  CHECK(has(mail.text, "DO THIS: "));
}

TEST_CASE("the preview is the subject and the plain text", "[email]") {
  auto const message = test::sample_exercise();
  auto const mail = mail_of(message);
  CHECK(preview_of(message) == mail.subject + "\n\n" + mail.text);
}

}  // namespace siaga::email
