#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/doctor/access.h"
#include "app/doctor/findings.h"
#include "app/service/system_address.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

Finding good(std::string what) {
  return {"metrics", Verdict::good, std::move(what), {}};
}

Finding attention(std::string what, std::string advice) {
  return {"metrics", Verdict::attention, std::move(what), std::move(advice)};
}

Finding check_place(const fs::path& socket, const fs::path& database) {
  const fs::path folder = socket.parent_path();
  const auto there = look_at(folder);
  if (!there) {
    return attention("no socket can be made in " + folder.string() + ": " + std::strerror(errno),
                     "make the folder for the user of the service; /run/stakeout is made when that "
                     "is started");
  }
  std::error_code error;
  if (fs::exists(socket, error) && !fs::is_socket(socket, error)) {
    return attention(socket.string() + " is there, and is no socket",
                     "move it away, or name another in metrics.listen");
  }
  const fs::path home = folder_of(database);
  const auto user = look_at(home);
  if (user && !may(*user, *there, S_IWOTH | S_IXOTH)) {
    return attention("the user of the service, to whom " + home.string() +
                         " belongs, may make no socket in " + folder.string(),
                     "chown --reference=" + home.string() + " " + folder.string() +
                         ", or name another in metrics.listen");
  }
  return good("nobody answers on " + socket.string() + "; the service will");
}

}  // namespace

Finding check_metrics(const Settings& settings) {
  const std::string& listen = settings.metrics.listen;
  if (listen.empty()) return good("not offered");
  const auto address = parse_metrics_address(listen);
  if (!address) return {"metrics", Verdict::fault, address.error().message, "mend metrics.listen"};
  const int trouble = try_connecting(SystemAddress{*address});
  if (trouble == 0) return good("somebody answers on " + listen);
  if (trouble == EACCES) return good("only the service and its group may ask " + listen);
  if (!address->socket.empty()) return check_place(address->socket, settings.database);
  return good("nobody answers on " + listen + "; the service will");
}

}  // namespace stakeout
