#include "tests/peers/mailsink/parsed_mail.hpp"

#include <algorithm>
#include <cctype>

#include "protocols/email/mime/gmime.hpp"

namespace siaga::mailsink {
namespace {

using email::Owned;
using email::OwnedText;

void take_part(GMimeObject* /*parent*/, GMimeObject* part, gpointer into) {
  auto& mail = *static_cast<ParsedMail*>(into);
  if (!GMIME_IS_TEXT_PART(part)) return;
  OwnedText const text(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
  if (!text) return;
  auto const* subtype = g_mime_content_type_get_media_subtype(g_mime_object_get_content_type(part));
  auto& place = std::string_view(subtype) == "html" ? mail.html : mail.text;
  place = text.get();
  std::erase(place, '\r');
}

void take_headers(ParsedMail& mail, GMimeObject* message) {
  auto* list = g_mime_object_get_header_list(message);
  mail.header_count = static_cast<std::size_t>(g_mime_header_list_get_count(list));
  for (int i = 0; i < g_mime_header_list_get_count(list); ++i) {
    auto* header = g_mime_header_list_get_header_at(list, i);
    std::string name = g_mime_header_get_name(header);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    auto const* value = g_mime_header_get_value(header);
    mail.headers[name] = value == nullptr ? "" : value;
  }
}

std::string link_in(std::string_view text) {
  auto const begin = std::min(text.find("http://"), text.find("https://"));
  if (begin == std::string_view::npos) return {};
  auto const rest = text.substr(begin);
  return std::string(rest.substr(0, rest.find_first_of(" \n\t<>\"")));
}

}  // namespace

ParsedMail parse_mail(std::string_view bytes) {
  email::start_gmime();
  ParsedMail mail;
  Owned<GMimeStream> const stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  Owned<GMimeParser> const parser(g_mime_parser_new_with_stream(stream.get()));
  Owned<GMimeMessage> const message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return mail;
  if (auto const* subject = g_mime_message_get_subject(message.get())) mail.subject = subject;
  if (auto const* id = g_mime_message_get_message_id(message.get())) mail.message_id = id;
  take_headers(mail, GMIME_OBJECT(message.get()));
  g_mime_message_foreach(message.get(), take_part, &mail);
  mail.link = link_in(mail.text);
  return mail;
}

std::string without_dot_stuffing(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    if (bytes.starts_with('.')) bytes.remove_prefix(1);
    auto const end = bytes.find('\n');
    auto const line = bytes.substr(0, end == bytes.npos ? end : end + 1);
    out += line;
    bytes.remove_prefix(line.size());
  }
  return out;
}

}  // namespace siaga::mailsink
