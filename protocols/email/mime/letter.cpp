#include "protocols/email/mime/letter.hpp"

#include <algorithm>
#include <cstdio>

#include "gateway/domain/text.hpp"
#include "protocols/email/mime/assemble.hpp"
#include "protocols/email/mime/html.hpp"
#include "protocols/email/mime/text.hpp"
#include "protocols/email/mime/wording.hpp"
#include "protocols/email/smtp/command.hpp"

namespace siaga::email {
namespace {

constexpr char link_in_text = 1, link_in_html = 2, name_in_text = 3, name_in_html = 4;

// All that the recipients of one alert share; equal keys make equal templates.
std::string key_of(Message const& message) {
  std::string key = std::to_string(message.alert.value);
  key.append(1, '/').append(to_word(message.kind)).append(1, '/').append(to_word(message.priority));
  key.append(message.link.empty() ? "/-" : "/l").append(message.officer_name.empty() ? "-" : "n");
  for (auto const* text :
       {&message.language,    &message.mark,         &message.title,       &message.level,
        &message.event,       &message.place,        &message.time,        &message.action,
        &message.headline,    &message.description,  &message.instruction, &message.urgency,
        &message.certainty,   &message.expires_text, &message.code,        &message.sender_tag,
        &message.sender_name, &message.contact,      &message.web,         &message.text})
    key.append(1, '\0').append(*text);
  return key;
}

std::vector<std::pair<std::string, std::string>> headers_of(Message const& message) {
  std::vector<std::pair<std::string, std::string>> headers{{"Auto-Submitted", "auto-generated"},
                                                           {"X-Auto-Response-Suppress", "All"}};
  if (!message.alert.empty())
    headers.emplace_back("X-Siaga-Alert", std::to_string(message.alert.value));
  headers.emplace_back("X-Siaga-Kind", std::string(to_word(message.kind)));
  if (is_standing(message) && message.priority <= Priority::urgent) {
    headers.emplace_back("X-Priority", "1 (Highest)");
    headers.emplace_back("Importance", "high");
  }
  return headers;
}

std::string filling(char place, Message const& message) {
  switch (place) {
    case link_in_text:
      return quoted_printable_insert(message.link);
    case link_in_html:
      return quoted_printable_insert(html_escaped(message.link));
    case name_in_text:
      return quoted_printable_insert(message.officer_name);
    default:
      return quoted_printable_insert(html_escaped(message.officer_name));
  }
}

}  // namespace

std::string message_id_of(Message const& message, std::string_view domain) {
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  auto const mix = [&](std::string_view text) {
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    hash = (hash ^ 0x100u) * 1099511628211u;
  };
  mix(to_word(message.kind));
  mix(message.event);
  mix(message.time);
  mix(std::to_string(message.expires.time_since_epoch().count()));
  char tail[17];
  std::snprintf(tail, sizeof tail, "%016llx", static_cast<unsigned long long>(hash));
  return "d" + std::to_string(message.delivery.value) + ".a" + std::to_string(message.alert.value) +
         "." + tail + "@" + std::string(domain);
}

std::string preview_of(Message const& message) {
  auto const fitted = fit(message);
  return subject_of(fitted) + "\n\n" + plain_text_of(fitted);
}

Result<Letter> LetterBook::write(Message const& message, UtcTime now) {
  if (auto const good = check_address(message.address); !good) return good.error();
  auto const& pattern = template_for(message);
  Message own;  // only what the places need, cleaned
  own.link = message.link;
  own.officer_name = clean_text(message.officer_name);
  Letter letter;
  letter.envelope.from = from_.address;
  letter.envelope.to.push_back(message.address);
  letter.envelope.id = message_id_of(message, from_.domain());
  auto& mail = letter.mail;
  mail.reserve(pattern.bytes + 1024);
  mail.append("Message-ID: <").append(letter.envelope.id).append(">\r\nDate: ");
  mail.append(date_header(now)).append("\r\nTo: ").append(message.address).append("\r\n");
  for (std::size_t i = 0; i < pattern.pieces.size(); ++i) {
    mail += pattern.pieces[i];
    if (i < pattern.places.size()) mail += filling(pattern.places[i], own);
  }
  return letter;
}

LetterBook::Template const& LetterBook::template_for(Message const& message) {
  auto key = key_of(message);
  auto const known = std::find_if(templates_.begin(), templates_.end(),
                                  [&](Template const& each) { return each.key == key; });
  if (known != templates_.end()) {
    templates_.splice(templates_.begin(), templates_, known);
    return templates_.front();
  }
  if (templates_.size() == templates_max) templates_.pop_back();
  return templates_.emplace_front(compose(message, std::move(key)));
}

LetterBook::Template LetterBook::compose(Message const& message, std::string key) {
  auto shared = fit(message);
  bool const has_link = !shared.link.empty(), has_name = !shared.officer_name.empty();
  MailParts parts{from_.name, from_.address, reply_to_, subject_of(shared), {}, {}, {}};
  if (has_link) shared.link = link_in_text;
  if (has_name) shared.officer_name = name_in_text;
  parts.text = plain_text_of(shared);
  if (has_link) shared.link = link_in_html;
  if (has_name) shared.officer_name = name_in_html;
  parts.html = html_of(shared);
  parts.headers = headers_of(shared);
  auto const mail = assemble(parts);
  ++composed_;

  Template pattern;
  pattern.key = std::move(key);
  pattern.bytes = mail.size();
  std::size_t begin = 0;
  for (auto at = mail.find("\r\n\r\n"); at != std::string::npos; at = mail.find("=0", at + 1)) {
    if (mail[at] != '=' || at + 2 >= mail.size()) continue;
    auto const place = static_cast<char>(mail[at + 2] - '0');
    if (place < link_in_text || place > name_in_html) continue;
    pattern.pieces.push_back(mail.substr(begin, at - begin));
    pattern.places.push_back(place);
    begin = at + 3;
  }
  pattern.pieces.push_back(mail.substr(begin));
  return pattern;
}

}  // namespace siaga::email
