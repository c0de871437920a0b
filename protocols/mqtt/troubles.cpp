#include "protocols/mqtt/troubles.hpp"

#include <boost/asio/post.hpp>

namespace siaga::mqtt {

void Troubles::raise(IncidentKind kind, std::string about, std::string detail) const {
  if (!find_) return;
  boost::asio::post(
      core_, [find = find_, kind, about = std::move(about), detail = std::move(detail)]() mutable {
        if (auto* sink = find()) sink->raise(kind, std::move(about), std::move(detail));
      });
}

void Troubles::end(IncidentKind kind, std::string about) const {
  if (!find_) return;
  boost::asio::post(core_, [find = find_, kind, about = std::move(about)]() mutable {
    if (auto* sink = find()) sink->end(kind, std::move(about));
  });
}

}  // namespace siaga::mqtt
