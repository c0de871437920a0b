#include "gateway/journal/changes/recipient_codec.hpp"

namespace siaga::journal {
namespace {

void append_text(std::string& into, std::string_view text) {
  for (int shift = 24; shift >= 0; shift -= 8)
    into += static_cast<char>((text.size() >> shift) & 0xff);
  into += text;
}

// Takes one text off the front; false when the bytes end too soon.
bool take(std::string_view& bytes, std::string& into) {
  if (bytes.size() < 4) return false;
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(bytes[i]);
  bytes.remove_prefix(4);
  if (bytes.size() < size) return false;
  into = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

}  // namespace

std::string encode(std::span<Recipient const> recipients) {
  std::string bytes;
  for (auto const& recipient : recipients) {
    append_text(bytes, recipient.officer.value);
    append_text(bytes, recipient.address);
    append_text(bytes, recipient.language);
  }
  return bytes;
}

Result<std::vector<Recipient>> decode_recipients(std::string_view bytes,
                                                 ChannelName const& channel) {
  std::vector<Recipient> all;
  while (!bytes.empty()) {
    Recipient recipient;
    recipient.channel = channel;
    bool const whole = take(bytes, recipient.officer.value) && take(bytes, recipient.address) &&
                       take(bytes, recipient.language);
    if (!whole) return Error(Errc::storage_corrupt, "a list of recipients ends too soon");
    all.push_back(std::move(recipient));
  }
  return all;
}

}  // namespace siaga::journal
