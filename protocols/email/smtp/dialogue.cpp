#include "protocols/email/smtp/dialogue.hpp"

namespace siaga::email {

std::chrono::milliseconds patience_of(Stage stage) noexcept {
  using std::chrono::minutes;
  switch (stage) {
    case Stage::data:
      return minutes(2);
    case Stage::body:
      return minutes(10);
    case Stage::quit:
      return std::chrono::seconds(1);  // nothing is lost by leaving without its answer
    default:
      return minutes(5);
  }
}

}  // namespace siaga::email
