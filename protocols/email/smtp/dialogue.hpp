// Dialogue: an exchange with a mail server as a value: it says what to do next and is told what
// came.
//
// Place:  DIALOGUE (opening.hpp, transaction.hpp) <- session, which only moves bytes.
// Thread: no socket, no clock, no coroutine.
// Time:   each stage has the patience of RFC 5321 section 4.5.3.2; the session cuts it to its
//         limit.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "gateway/domain/words.hpp"
#include "protocols/email/smtp/reply.hpp"

namespace siaga {
namespace email {

// Which answer is awaited.
enum class Stage { greeting, ehlo, starttls, auth, reset, mail, rcpt, data, body, quit };
std::chrono::milliseconds patience_of(Stage stage) noexcept;

struct Write {  // write these bytes, then wait as below
  std::string bytes;
  Stage stage;
};
struct Wait {  // for one answer
  Stage stage;
};
struct Secure {};  // drop what was received, make the connection TLS, then secured()
struct Done {};
using Step = std::variant<Write, Wait, Secure, Done>;

class Dialogue {
 public:
  virtual ~Dialogue() = default;
  virtual Step begin() = 0;
  virtual Step answered(Reply const& reply) = 0;
  virtual Step secured() = 0;
  // The connection failed or the time is over. `written` = the bytes of the last Write all left us.
  // The dialogue is done after this.
  enum class LastWrite { incomplete, complete };
  virtual void lost(Error const& why, LastWrite last_write) = 0;
};

}  // namespace email

template <>
struct WordsOf<email::Stage> {
  static constexpr std::array words =
      std::to_array<std::string_view>({"the greeting", "EHLO", "STARTTLS", "AUTH", "RSET", "MAIL",
                                       "RCPT", "DATA", "the message", "QUIT"});
};

}  // namespace siaga
