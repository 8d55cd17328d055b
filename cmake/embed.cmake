# Writes OUTPUT, a C++ source whose NAMESPACE::NAME() returns the bytes of INPUT. Called by stakeout_embed().
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUTPUT} "#include <string_view>
namespace ${NAMESPACE} {
std::string_view ${NAME}();
namespace {
const unsigned char bytes[] = {
${bytes}0};
}
std::string_view ${NAME}() {
  return {reinterpret_cast<const char*>(bytes), sizeof bytes - 1};
}
}  // namespace ${NAMESPACE}
")
