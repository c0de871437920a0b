// Fuzz: whatever a mail server answers, in whatever pieces, the dialogues come to an end.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/base/assert.hpp"
#include "protocols/email/smtp/command.hpp"
#include "protocols/email/smtp/opening.hpp"
#include "protocols/email/smtp/transaction.hpp"

namespace {

using namespace siaga;
using namespace siaga::email;

// Holds the dialogue with these bytes as the server's, in pieces of `piece` bytes; what is not used
// stays in the reader. The bytes running out is a lost connection.
void hold(Dialogue& dialogue, ReplyReader& reader, std::string_view& bytes, std::size_t piece) {
  Step step = dialogue.begin();
  while (!std::holds_alternative<Done>(step)) {
    if (std::holds_alternative<Secure>(step)) {
      reader.drop();
      step = dialogue.secured();
      continue;
    }
    auto next = reader.next();
    if (!next) return dialogue.lost(next.error(), Dialogue::LastWrite::complete);
    if (next->has_value()) {
      require((*next)->code >= 200 && (*next)->code < 600, "a reply has a code of SMTP");
      require((*next)->shown().find('\n') == std::string::npos, "what is shown is one line");
      step = dialogue.answered(**next);
      continue;
    }
    if (bytes.empty()) {
      Error const gone(Errc::connection_lost, "end");
      return dialogue.lost(gone, Dialogue::LastWrite::complete);
    }
    auto const part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    reader.feed(part);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size < 2) return 0;
  auto const tls = static_cast<TlsUse>(data[0] % 4);
  OpeningTerms const terms{"siaga.example", tls, data[0] & 0x10 ? "siaga" : "", "rahasia"};
  std::size_t const piece = data[1] % 64 + 1;
  std::string_view bytes(reinterpret_cast<char const*>(data) + 2, size - 2);
  ReplyReader reader;
  Opening opening(terms);
  hold(opening, reader, bytes, piece);
  if (opening.failure()) return 0;
  Envelope const envelope{"s@b.example", {"a@b.example", "c@d.example"}, "d1.a1.ff@b.example"};
  for (auto const connection : {Connection::fresh, Connection::reused}) {
    Transaction transaction(envelope, as_data("Subject: x\r\n\r\n.\r\n"), opening.server(),
                            connection);
    hold(transaction, reader, bytes, piece);
    for (std::size_t i = 0; i < envelope.to.size(); ++i) (void)transaction.outcome(i);
    if (!transaction.reusable()) return 0;
  }
  return 0;
}
