# cmake -DROOT=<source folder> -P one_name.cmake
# Two types of one name in one namespace are one type to the linker: it keeps the functions of either, and the program
# crashes in the other. The compiler does not see it when no file includes both headers. This test does.
cmake_minimum_required(VERSION 3.25)

file(GLOB_RECURSE headers ${ROOT}/engine/*.h ${ROOT}/widgets/*.h ${ROOT}/app/*.h)
list(FILTER headers EXCLUDE REGEX "/app/cli/")  # a program of its own
set(broken 0)
foreach(header IN LISTS headers)
    file(RELATIVE_PATH shown ${ROOT} ${header})
    file(STRINGS ${header} lines REGEX "^(struct|class|enum class) [A-Za-z0-9]+( final)?( : [^{;]*)?( *{|$)")
    foreach(line IN LISTS lines)
        string(REGEX REPLACE "^(struct|enum class|class) ([A-Za-z0-9]+).*" "\\2" name "${line}")
        if(DEFINED place_of_${name} AND NOT place_of_${name} STREQUAL shown)
            message(NOTICE "${name} is defined in ${place_of_${name}} and in ${shown}")
            math(EXPR broken "${broken} + 1")
        endif()
        set(place_of_${name} ${shown})
    endforeach()
endforeach()
if(broken GREATER 0)
    message(FATAL_ERROR "${broken} names stand for two types.")
endif()
