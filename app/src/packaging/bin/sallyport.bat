@echo off
rem Starts Sallyport. Needs Java 17 or newer: %JAVA_HOME%, or java on the PATH. JVM options: %SALLYPORT_OPTS%.
setlocal enabledelayedexpansion
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -version >nul 2>nul || (echo sallyport: Java 17 or newer is needed. Install it, or set JAVA_HOME. 1>&2 & exit /b 1)
rem A command needs no window: JavaFX stays unloaded.
set "fx=--module-path "%home%\lib\fx" --add-modules javafx.controls,javafx.fxml"
for %%w in (%*) do (
    for %%c in (get seed daemon add list show files peers trackers start pause remove recheck move locate rename export magnet ban set queue why share create inspect publisher scan quarantine port firewall blocklist limits schedule discovery device events quit sample sample-server show-window version --help -h) do (
        if "%%~w"=="%%c" set "fx="
    )
)
rem The export lets it load the JDK's vectors when they pay, without the warning that --add-modules prints.
rem A window has the optimising compiler (C2) later than usual; commands keep it for ciphers and digests, and the last line on a method counts. Decision 22. A window has G1: the serial collector would hold up a long list.
set "late=-XX:+UseG1GC -XX:CompileCommand=quiet -XX:Tier4InvocationThreshold=500000 -XX:Tier4MinInvocationThreshold=60000 -XX:Tier4CompileThreshold=1500000 -XX:Tier4BackEdgeThreshold=4000000"
if not defined fx set "late=-XX:+UseSerialGC -XX:CompileCommand=quiet -XX:CompileCommand=MaxNodeLimit,*.*,1 -XX:Tier4InvocationThreshold=20 -XX:Tier4MinInvocationThreshold=10 -XX:Tier4CompileThreshold=30 -XX:Tier4BackEdgeThreshold=20000"
if not defined fx for %%k in (sun/security/provider/ com/sun/crypto/provider/ java/math/ org/sallyport/core/wire/Rc4 org/sallyport/core/storage/VectorSha1) do set "late=!late! -XX:CompileCommand=MaxNodeLimit,%%k*.*,80000"
if not defined fx for %%k in (SHA DigestBase) do set "late=!late! -XX:CompileCommand=CompileThresholdScaling,sun/security/provider/%%k.*,0.1"
"%java%" -XX:-UsePerfData -Xshare:auto -Xms32m -Xmx512m -XX:MaxDirectMemorySize=256m -Dio.netty.jfr.enabled=false -Dio.netty.leakDetection.level=disabled --add-exports=java.base/jdk.internal.module=ALL-UNNAMED !late! %SALLYPORT_OPTS% !fx! -cp "%home%\lib\*" org.sallyport.app.launch.Main %*
exit /b %errorlevel%
