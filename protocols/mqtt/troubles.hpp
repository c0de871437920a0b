// Troubles: carries what is wrong with a connection from PahoThread to the incidents on core.
//
// Place:  link, express -> TROUBLES -> IncidentSink.
// Thread: any; the sink is found and called on core.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <string>

#include "gateway/ports/incidents.hpp"

namespace siaga::mqtt {

// Null, or unset: nobody wants to know.
using FindIncidents = std::function<IncidentSink*()>;

class Troubles {
 public:
  Troubles() = default;
  Troubles(boost::asio::any_io_executor core, FindIncidents find)
      : core_(std::move(core)), find_(std::move(find)) {}

  void raise(IncidentKind kind, std::string about, std::string detail) const;
  void end(IncidentKind kind, std::string about) const;

 private:
  boost::asio::any_io_executor core_;
  FindIncidents find_;
};

}  // namespace siaga::mqtt
