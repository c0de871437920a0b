#include "protocols/email/mime/wording.hpp"

#include "gateway/domain/text.hpp"

namespace siaga::email {
namespace {

constexpr MailWords words_id{
    .not_real = "BUKAN KEJADIAN NYATA",
    .do_this = "LAKUKAN",
    .place = "Tempat",
    .time = "Waktu",
    .nature = "Sifat",
    .instruction = "Petunjuk",
    .until = "Berlaku sampai",
    .sender = "Pengirim",
    .contact = "Kontak",
    .web = "Situs",
    .code = "Kode",
    .for_whom = "Untuk",
    .answer = "Jawab",
    .answer_how = "Buka halaman jawaban, ketik kode {}, lalu tekan tombolnya.",
    .replaces = "Menggantikan pesan sebelumnya.",
    .footer = "Pesan otomatis untuk petugas. Balasan ke email ini tidak dibaca.",
};

constexpr MailWords words_en{
    .not_real = "NOT A REAL EVENT",
    .do_this = "DO THIS",
    .place = "Place",
    .time = "Time",
    .nature = "Nature",
    .instruction = "Instruction",
    .until = "Valid until",
    .sender = "Sender",
    .contact = "Contact",
    .web = "Web",
    .code = "Code",
    .for_whom = "For",
    .answer = "Answer",
    .answer_how = "Open the answer page, type the code {}, then press its button.",
    .replaces = "Replaces the earlier message.",
    .footer = "Automatic message for officers. Replies to this mail are not read.",
};

bool is_web_link(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         text.find_first_of(" \"<>\\^`{|}") == std::string_view::npos;
}

// Words joined by `between`, the empty ones left out.
std::string joined(std::initializer_list<std::string_view> words, std::string_view between) {
  std::string out;
  for (auto word : words) {
    if (word.empty()) continue;
    if (!out.empty()) out += between;
    out += word;
  }
  return out;
}

void add_row(std::string& text, std::string_view label, std::string_view value) {
  constexpr std::size_t label_columns = 14;
  if (value.empty()) return;
  text.append(label);
  if (label.size() < label_columns) text.append(label_columns - label.size(), ' ');
  text.append(": ").append(value).append("\n");
}

void add_paragraph(std::string& text, std::string_view paragraph) {
  if (!paragraph.empty()) text.append("\n").append(paragraph).append("\n");
}

void say_alert(std::string& text, Message const& message, MailWords const& words) {
  if (!message.mark.empty())
    text.append(message.mark).append(" - ").append(words.not_real).append("\n");
  text += joined({heading_of(message), message.event}, ": ") + "\n\n";
  add_row(text, words.place, message.place);
  add_row(text, words.time, message.time);
  if (is_standing(message)) add_row(text, words.nature, nature_of(message));
  auto const label = is_standing(message) ? std::string(words.do_this) + ": " : "";
  if (!message.action.empty()) add_paragraph(text, label + message.action);
  if (message.kind == MessageKind::update) add_paragraph(text, words.replaces);
}

void ask_for_answer(std::string& text, Message const& message, MailWords const& words) {
  if (!message.code.empty() || !message.link.empty()) text += "\n";
  add_row(text, words.code, message.code);
  if (message.link.empty()) return;
  add_row(text, words.answer, message.link);
  text += answer_how_of(message) + "\n";
}

}  // namespace

MailWords const& mail_words_for(std::string_view language) {
  return same_ignoring_case(language.substr(0, language.find('-')), "en") ? words_en : words_id;
}

bool is_sentence(Message const& message) {
  return message.kind == MessageKind::closing || message.kind == MessageKind::notice;
}

bool is_standing(Message const& message) {
  return message.kind == MessageKind::alert || message.kind == MessageKind::update;
}

Message fit(Message const& message) {
  Message fitted = message;
  for (auto* text :
       {&fitted.officer_name, &fitted.mark,         &fitted.title,       &fitted.level,
        &fitted.event,        &fitted.place,        &fitted.time,        &fitted.action,
        &fitted.headline,     &fitted.description,  &fitted.instruction, &fitted.urgency,
        &fitted.certainty,    &fitted.expires_text, &fitted.code,        &fitted.sender_tag,
        &fitted.sender_name,  &fitted.contact,      &fitted.web,         &fitted.link})
    *text = clean_text(*text);
  fitted.text = clean_paragraphs(fitted.text);
  if (!is_web_link(fitted.link)) fitted.link.clear();
  if (!is_web_link(fitted.web) && fitted.web.find(':') != std::string::npos) fitted.web.clear();
  return fitted;
}

std::string heading_of(Message const& message) {
  return is_standing(message) ? joined({message.title, message.level}, " ") : message.title;
}

std::string nature_of(Message const& message) {
  return joined({message.urgency, message.certainty}, " - ");
}

std::string sender_of(Message const& message) {
  return message.sender_name.empty() ? message.sender_tag : message.sender_name;
}

std::string answer_how_of(Message const& message) {
  std::string how(mail_words_for(message.language).answer_how);
  if (auto const place = how.find("{}"); place != std::string::npos)
    how.replace(place, 2, message.code);
  return how;
}

std::string further_instruction_of(Message const& message) {
  auto const bare = [](std::string_view text) {
    while (text.ends_with('.') || text.ends_with(' ')) text.remove_suffix(1);
    return text;
  };
  if (bare(message.instruction) == bare(message.action)) return {};
  return message.instruction;
}

std::string subject_of(Message const& message) {
  auto const head = message.kind == MessageKind::alert && !message.level.empty()
                        ? message.level
                        : heading_of(message);
  auto const what = joined({message.event, message.place}, " - ");
  std::string subject = message.mark.empty() ? "" : "[" + message.mark + "] ";
  subject += joined({head, what}, ": ");
  if (!message.code.empty()) subject += " (" + message.code + ")";
  return subject;
}

std::string plain_text_of(Message const& message) {
  auto const& words = mail_words_for(message.language);
  std::string text;
  if (is_sentence(message)) {
    text += message.text + "\n\n";
    add_row(text, words.place, message.place);
  } else {
    say_alert(text, message, words);
    ask_for_answer(text, message, words);
    add_paragraph(text, message.headline);
    add_paragraph(text, message.description);
    auto const more = further_instruction_of(message);
    if (!more.empty()) add_paragraph(text, std::string(words.instruction) + ": " + more);
    text += "\n";
    if (is_standing(message)) add_row(text, words.until, message.expires_text);
  }
  add_row(text, words.sender, sender_of(message));
  add_row(text, words.contact, message.contact);
  add_row(text, words.web, message.web);
  add_row(text, words.for_whom, message.officer_name);
  text.append("\n-- \n").append(words.footer).append("\n");
  return text;
}

}  // namespace siaga::email
