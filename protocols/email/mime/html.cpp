#include "protocols/email/mime/html.hpp"

#include "protocols/email/mime/text.hpp"
#include "protocols/email/mime/wording.hpp"

namespace siaga::email {
namespace {

struct Colours {
  std::string_view bar;   // behind the heading
  std::string_view ink;   // on the bar
  std::string_view tint;  // behind the action
};

constexpr Colours red{"#b71c1c", "#ffffff", "#fdecea"};
constexpr Colours orange{"#d84300", "#ffffff", "#fff0e8"};
constexpr Colours amber{"#ffc107", "#212121", "#fff8e1"};
constexpr Colours blue{"#1565c0", "#ffffff", "#e8f1fb"};
constexpr Colours grey{"#455a64", "#ffffff", "#eceff1"};
constexpr Colours green{"#2e7d32", "#ffffff", "#e8f5e9"};

// By CAP's four levels, in each language the domain writes them.
Colours colours_of(Message const& message) {
  if (message.kind == MessageKind::closing) return green;
  if (message.kind == MessageKind::cancel || message.kind == MessageKind::notice) return grey;
  auto const& level = message.level;
  if (level == "AWAS" || level == "EXTREME") return red;
  if (level == "SIAGA" || level == "SEVERE") return orange;
  if (level == "WASPADA" || level == "MODERATE") return amber;
  return blue;
}

class Page {
 public:
  Page& raw(std::string_view html) {
    html_ += html;
    return *this;
  }
  Page& text(std::string_view words) {
    html_ += html_escaped(words);
    return *this;
  }
  // A block with a style; nothing when there are no words.
  Page& block(std::string_view style, std::string_view words) {
    if (words.empty()) return *this;
    return raw("<div style=\"").raw(style).raw("\">").text(words).raw("</div>\n");
  }
  std::string take() { return std::move(html_); }

 private:
  std::string html_;
};

void open_page(Page& page, Message const& message) {
  bool const english = mail_words_for(message.language).answer == "Answer";
  page.raw("<!DOCTYPE html>\n<html lang=\"").raw(english ? "en" : "id").raw("\">\n<head>\n");
  page.raw("<meta charset=\"utf-8\">\n");
  page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  page.text(subject_of(message)).raw("</title>\n</head>\n");
  page.raw(
      "<body style=\"margin:0;padding:0;background:#e9edf0;color:#1c2730;"
      "font-family:Roboto,'Segoe "
      "UI',Helvetica,Arial,sans-serif;font-size:16px;line-height:1.45\">\n"
      "<div style=\"max-width:560px;margin:0 auto;background:#ffffff;overflow-wrap:anywhere\">\n");
}

void add_bar(Page& page, Message const& message, Colours colours) {
  if (!message.mark.empty()) {
    auto const banner =
        message.mark + " - " + std::string(mail_words_for(message.language).not_real);
    page.block(
        "background:#4a148c;color:#ffffff;padding:10px 18px;font-weight:bold;font-size:15px;"
        "letter-spacing:.04em",
        banner);
  }
  page.raw("<div style=\"background:").raw(colours.bar).raw(";color:").raw(colours.ink);
  page.raw(";padding:16px 18px\">\n");
  page.block("font-size:17px;font-weight:bold;letter-spacing:.05em", heading_of(message));
  page.block("font-size:25px;line-height:1.2;font-weight:bold;margin-top:4px", message.event);
  page.raw("</div>\n");
}

void add_fact(Page& page, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  page.raw("<tr><td style=\"padding:3px 12px 3px 0;color:#5b6b75;white-space:nowrap;");
  page.raw("vertical-align:top\">").text(label);
  page.raw("</td><td style=\"padding:3px 0;vertical-align:top\">").text(value);
  page.raw("</td></tr>\n");
}

void open_facts(Page& page, std::string_view style) {
  page.raw("<table role=\"presentation\" cellspacing=\"0\" cellpadding=\"0\" style=\"");
  page.raw(style).raw("\">\n");
}

void add_where_and_when(Page& page, Message const& message, MailWords const& words) {
  open_facts(page, "margin:14px 18px 0;font-size:17px");
  add_fact(page, words.place, message.place);
  if (!is_sentence(message)) add_fact(page, words.time, message.time);
  if (is_standing(message)) add_fact(page, words.nature, nature_of(message));
  page.raw("</table>\n");
}

void add_action(Page& page, Message const& message, MailWords const& words, Colours colours) {
  auto const& said = is_sentence(message) ? message.text : message.action;
  if (said.empty()) return;
  page.raw("<div style=\"margin:16px 18px 0;padding:12px 14px;border-left:6px solid ");
  page.raw(colours.bar).raw(";background:").raw(colours.tint).raw("\">\n");
  if (is_standing(message))
    page.block("font-size:13px;font-weight:bold;letter-spacing:.06em;color:#5b6b75", words.do_this);
  std::string style = "font-size:20px;line-height:1.3;font-weight:bold";
  if (said.find('\n') != said.npos) style += ";white-space:pre-line";
  page.block(style, said);
  page.raw("</div>\n");
  if (message.kind == MessageKind::update)
    page.block("margin:10px 18px 0;color:#5b6b75", words.replaces);
}

void add_answer(Page& page, Message const& message, MailWords const& words) {
  if (message.code.empty() && message.link.empty()) return;
  page.raw("<div style=\"margin:18px 18px 0;text-align:center\">\n");
  if (!message.link.empty()) {
    page.raw("<a href=\"").text(message.link);
    page.raw(
        "\" style=\"display:block;padding:16px 12px;border-radius:8px;background:#0d47a1;"
        "color:#ffffff;font-size:21px;font-weight:bold;text-decoration:none\">");
    page.text(words.answer).raw("</a>\n");
  }
  if (!message.code.empty()) {
    page.raw("<div style=\"margin-top:12px;font-size:17px\">").text(words.code);
    page.raw(" <span style=\"font-size:28px;font-weight:bold;letter-spacing:.14em;");
    page.raw("vertical-align:-3px\">").text(message.code).raw("</span></div>\n");
  }
  if (!message.link.empty()) page.block("font-size:14px;color:#5b6b75", answer_how_of(message));
  page.raw("</div>\n");
}

void add_story(Page& page, Message const& message, MailWords const& words) {
  if (is_sentence(message)) return;
  page.block("margin:20px 18px 0;font-weight:bold", message.headline);
  page.block("margin:6px 18px 0", message.description);
  auto const more = further_instruction_of(message);
  if (more.empty()) return;
  page.block("margin:14px 18px 0;font-size:14px;color:#5b6b75", words.instruction);
  page.block("margin:2px 18px 0", more);
}

void add_sender(Page& page, Message const& message, MailWords const& words) {
  page.raw("<div style=\"margin:18px 18px 0;border-top:1px solid #d5dce1\"></div>\n");
  open_facts(page, "margin:10px 18px 0;font-size:15px");
  if (is_standing(message)) add_fact(page, words.until, message.expires_text);
  add_fact(page, words.sender, sender_of(message));
  add_fact(page, words.contact, message.contact);
  add_fact(page, words.web, message.web);
  add_fact(page, words.for_whom, message.officer_name);
  page.raw("</table>\n");
  page.block("padding:12px 18px 20px;font-size:13px;color:#5b6b75", words.footer);
}

}  // namespace

std::string html_of(Message const& message) {
  auto const& words = mail_words_for(message.language);
  auto const colours = colours_of(message);
  Page page;
  open_page(page, message);
  add_bar(page, message, colours);
  add_where_and_when(page, message, words);
  add_action(page, message, words, colours);
  add_answer(page, message, words);
  add_story(page, message, words);
  add_sender(page, message, words);
  page.raw("</div>\n</body>\n</html>\n");
  return page.take();
}

}  // namespace siaga::email
