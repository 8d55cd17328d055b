# How this project makes its targets.

# What every target of ours is compiled with.
add_library(stakeout_warnings INTERFACE)
target_compile_options(stakeout_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  # g++ 12 warns of std::string's own code when it optimises (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${STAKEOUT_WERROR}>:-Werror>)
if(STAKEOUT_SANITIZE)
  add_compile_options(-fsanitize=${STAKEOUT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${STAKEOUT_SANITIZE})
endif()
if(STAKEOUT_FUZZ)
  # The targets check with assert().
  add_compile_options(-fsanitize=fuzzer-no-link -UNDEBUG)
endif()

# stakeout_library(NAME SOURCES a.cpp... HEADERS a.h... [PUBLIC libs...] [PRIVATE libs...])
#
# One library for one folder. HEADERS are the ones that other folders may include; each has to
# compile alone (the target all_verify_interface_header_sets checks that).
function(stakeout_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} stakeout_warnings)
endfunction()

# stakeout_embed(TARGET FILE NAMESPACE NAME)
#
# Compiles a data file into TARGET: `NAMESPACE::NAME()` returns its bytes as a std::string_view. The
# declaration is the including source's own line, so no header is generated.
function(stakeout_embed target file namespace name)
  get_filename_component(input ${file} ABSOLUTE)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DNAMESPACE=${namespace} -DNAME=${name}
            -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${input} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()

# stakeout_test(NAME SOURCES a_test.cpp... LIBRARIES libs...)
#
# One doctest program for one folder of tests; ctest runs it from its source folder, so that `data/`
# is found.
function(stakeout_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${arg_SOURCES} ${PROJECT_SOURCE_DIR}/tests/main.cpp)
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} doctest::doctest stakeout_warnings)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
endfunction()

# stakeout_fuzz_target(NAME SOURCE CORPUS LIBRARIES libs...)
#
# With STAKEOUT_FUZZ a libFuzzer program; otherwise a test that replays the corpus once, in the
# normal run and under its sanitizers.
function(stakeout_fuzz_target name source corpus)
  cmake_parse_arguments(arg "" "" "LIBRARIES" ${ARGN})
  if(STAKEOUT_FUZZ)
    add_executable(${name} ${source})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(${name} ${source} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay.cpp)
    add_test(NAME ${name} COMMAND ${name} ${CMAKE_CURRENT_SOURCE_DIR}/${corpus})
  endif()
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} stakeout_warnings)
endfunction()
