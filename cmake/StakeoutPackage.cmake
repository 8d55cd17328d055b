# What is installed, and the Debian package of it (`./dev package`).
include(GNUInstallDirs)

string(TIMESTAMP STAKEOUT_PACKAGE_DAY "%a, %d %b %Y %H:%M:%S +0000" UTC)  # of SOURCE_DATE_EPOCH
set(STAKEOUT_MAINTAINER "" CACHE STRING "Whom the package names as its maintainer: NAME <ADDRESS>")
if(NOT STAKEOUT_MAINTAINER)
  message(FATAL_ERROR "say who makes the package: -DSTAKEOUT_MAINTAINER='NAME <ADDRESS>'")
endif()

install(TARGETS stakeout DESTINATION ${CMAKE_INSTALL_BINDIR})
add_subdirectory(docs/man)

# made_by_program(FILE DESTINATION ARGUMENTS...): installs what the program prints.
function(made_by_program file destination)
  set(path ${PROJECT_BINARY_DIR}/generated/${file})
  add_custom_command(OUTPUT ${path}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/generated
    COMMAND stakeout ${ARGN} > ${path}
    DEPENDS stakeout VERBATIM)
  add_custom_target(made_${file} ALL DEPENDS ${path})
  install(FILES ${path} DESTINATION ${destination})
endfunction()
made_by_program(stakeout ${CMAKE_INSTALL_DATADIR}/bash-completion/completions completion bash)
made_by_program(_stakeout ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions completion zsh)
made_by_program(stakeout.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d completion fish)

install(FILES systemd/stakeout.service DESTINATION /lib/systemd/system)
install(FILES systemd/stakeout.sysusers DESTINATION lib/sysusers.d RENAME stakeout.conf)
install(FILES systemd/stakeout.tmpfiles DESTINATION lib/tmpfiles.d RENAME stakeout.conf)
install(FILES systemd/stakeout.toml systemd/watchlist.csv feeds.txt DESTINATION /etc/stakeout)
install(DIRECTORY DESTINATION /etc/stakeout/conf.d)
install(DIRECTORY DESTINATION /etc/stakeout/credentials DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)

# gzipped(SOURCE NAME): into the folder of the package's documents.
function(gzipped source name)
  set(path ${PROJECT_BINARY_DIR}/generated/${name})
  add_custom_command(OUTPUT ${path}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/generated
    COMMAND gzip -9 -n -c ${source} > ${path}
    DEPENDS ${source} VERBATIM)
  add_custom_target(gzipped_${name} ALL DEPENDS ${path})
  install(FILES ${path} DESTINATION ${CMAKE_INSTALL_DOCDIR})
endfunction()
configure_file(cmake/debian/changelog.in generated/changelog @ONLY)
gzipped(${PROJECT_BINARY_DIR}/generated/changelog changelog.gz)
gzipped(${PROJECT_SOURCE_DIR}/CHANGELOG.md CHANGELOG.md.gz)
install(FILES cmake/debian/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME stakeout)
install(FILES cmake/debian/copyright README.md docs/architecture.md docs/extraction.md docs/schema.md
              docs/settings.md docs/article.md
        DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME stakeout)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${STAKEOUT_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "init-system-helpers (>= 1.54~), systemd | systemd-standalone-sysusers | systemd-sysusers, ca-certificates, procps, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "default-mta | mail-transport-agent")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS sqlite3)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "watch on vendors, agencies and their contracts in the news")
set(CPACK_PACKAGE_DESCRIPTION
"Stakeout polls feeds, reads the article pages behind them, and picks out
vendors (above all the makers of spyware and surveillance tools), government
agencies, sums of money and the contracts that tie them together. The many
copies of one story count once. Everything is kept in one SQLite file, every
fact with the words that say so, and what is new or has changed is told by
alert and by e-mail digest.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/cmake/debian/postinst ${PROJECT_SOURCE_DIR}/cmake/debian/prerm
    ${PROJECT_SOURCE_DIR}/cmake/debian/postrm ${PROJECT_SOURCE_DIR}/cmake/debian/conffiles)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
