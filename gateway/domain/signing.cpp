#include "gateway/domain/signing.hpp"

namespace siaga {

std::string text_of(Proof const& proof) {
  switch (proof.kind) {
    case Proof::Kind::none:
      return "none";
    case Proof::Kind::unverified:
      return "unverified " + proof.by;
    case Proof::Kind::verified:
      return "verified " + proof.by;
  }
  return {};
}

}  // namespace siaga
