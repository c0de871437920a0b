// Fuzz: whatever a client sends, in whatever pieces, is a request within the limits or is refused,
// and the form in its body is read without harm.
#include <cstddef>
#include <cstdint>
#include <string>

#include "gateway/base/assert.hpp"
#include "protocols/http/form.hpp"
#include "protocols/http/request_reader.hpp"

namespace {

using namespace siaga;
using namespace siaga::http;

void look_at(RequestReader const& reader, Settings const& settings) {
  auto const request = reader.request();
  require(request.body.size() <= static_cast<std::size_t>(settings.body_bytes_max),
          "a body is no longer than the limit");
  auto const fields = form_fields(request.body);
  require(fields.size() <= 16, "fields are bounded");
  for (auto const& [name, value] : fields) {
    auto const safe = escaped(value);
    require(safe.find_first_of("<>\"'") == std::string::npos, "no markup is left");
    require(name.size() + value.size() <= request.body.size(), "decoding never grows");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size < 1) return 0;
  Settings settings;
  settings.header_bytes_max = 1024;
  settings.body_bytes_max = 1024;
  std::size_t const piece = data[0] % 64 + 1;
  std::string_view bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
  std::string unread;
  for (int requests = 0; requests < 8; ++requests) {
    RequestReader reader(settings);
    auto progress = reader.take(unread);
    while (progress == RequestReader::Progress::more && !bytes.empty()) {
      unread += bytes.substr(0, piece);
      bytes.remove_prefix(std::min(piece, bytes.size()));
      progress = reader.take(unread);
    }
    if (progress != RequestReader::Progress::whole) return 0;
    look_at(reader, settings);
  }
  return 0;
}
