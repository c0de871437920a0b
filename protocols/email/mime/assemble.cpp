#include "protocols/email/mime/assemble.hpp"

#include "gateway/base/assert.hpp"
#include "protocols/email/mime/gmime.hpp"

namespace siaga::email {
namespace {

// A stream of our own bytes: GMime's own text part would choose another charset when it could.
Owned<GMimePart> text_part(char const* subtype, std::string const& text) {
  Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
  Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  Owned<GMimePart> part(g_mime_part_new_with_type("text", subtype));
  auto* object = GMIME_OBJECT(part.get());
  g_mime_content_type_set_parameter(g_mime_object_get_content_type(object), "charset", "utf-8");
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return part;
}

void add_sender(GMimeMessage* message, MailParts const& parts) {
  char const* name = parts.from_name.empty() ? nullptr : parts.from_name.c_str();
  Owned<InternetAddress> from(internet_address_mailbox_new(name, parts.from_address.c_str()));
  internet_address_set_charset(from.get(), "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_FROM),
                            from.get());
  if (!parts.reply_to.empty())
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, nullptr,
                               parts.reply_to.c_str());
}

}  // namespace

std::string assemble(MailParts const& parts) {
  start_gmime();
  Owned<GMimeMultipart> alternatives(g_mime_multipart_new_with_subtype("alternative"));
  g_mime_multipart_set_boundary(alternatives.get(), "=_siaga_alternatives");
  auto const text = text_part("plain", parts.text);
  auto const html = text_part("html", parts.html);
  g_mime_multipart_add(alternatives.get(), GMIME_OBJECT(text.get()));
  g_mime_multipart_add(alternatives.get(), GMIME_OBJECT(html.get()));

  Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  add_sender(message.get(), parts);
  g_mime_message_set_subject(message.get(), parts.subject.c_str(), "utf-8");
  for (auto const& [name, value] : parts.headers)
    g_mime_object_set_header(GMIME_OBJECT(message.get()), name.c_str(), value.c_str(), "utf-8");
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(alternatives.get()));

  OwnedFormat const format(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  OwnedText const bytes(g_mime_object_to_string(GMIME_OBJECT(message.get()), format.get()));
  require(bytes != nullptr, "a mail can be written to memory");
  return bytes.get();
}

}  // namespace siaga::email
