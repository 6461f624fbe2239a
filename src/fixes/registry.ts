/** Every platform, once, in the order in which the page lists them. Adding one means adding its file and a line here. */
import type { Platform } from './platform.ts'
import { alpine } from './platforms/alpine.ts'
import { android } from './platforms/android.ts'
import { apache } from './platforms/apache.ts'
import { awsAlb } from './platforms/aws-alb.ts'
import { awsCli } from './platforms/aws-cli.ts'
import { cloudflare } from './platforms/cloudflare.ts'
import { curl } from './platforms/curl.ts'
import { debian } from './platforms/debian.ts'
import { docker } from './platforms/docker.ts'
import { dotnet } from './platforms/dotnet.ts'
import { envoy } from './platforms/envoy.ts'
import { f5 } from './platforms/f5.ts'
import { git } from './platforms/git.ts'
import { go } from './platforms/go.ts'
import { haproxy } from './platforms/haproxy.ts'
import { iis } from './platforms/iis.ts'
import { ingressNginx } from './platforms/ingress-nginx.ts'
import { ios } from './platforms/ios.ts'
import { istio } from './platforms/istio.ts'
import { java } from './platforms/java.ts'
import { javaApache } from './platforms/java-apache.ts'
import { javaFeign } from './platforms/java-feign.ts'
import { javaHttpClient } from './platforms/java-httpclient.ts'
import { javaJaxWs } from './platforms/java-jaxws.ts'
import { javaOkHttp } from './platforms/java-okhttp.ts'
import { javaSpring } from './platforms/java-spring.ts'
import { kong } from './platforms/kong.ts'
import { macos } from './platforms/macos.ts'
import { nginx } from './platforms/nginx.ts'
import { node } from './platforms/node.ts'
import { npm } from './platforms/npm.ts'
import { openssl } from './platforms/openssl.ts'
import { pip } from './platforms/pip.ts'
import { python } from './platforms/python.ts'
import { rhel } from './platforms/rhel.ts'
import { tomcat } from './platforms/tomcat.ts'
import { traefik } from './platforms/traefik.ts'
import { wget } from './platforms/wget.ts'
import { windows } from './platforms/windows.ts'

export const platforms: readonly Platform[] = [
  f5,
  kong,
  cloudflare,
  nginx,
  haproxy,
  apache,
  tomcat,
  envoy,
  istio,
  ingressNginx,
  traefik,
  iis,
  awsAlb,
  java,
  curl,
  node,
  python,
  dotnet,
  go,
  openssl,
  wget,
  git,
  npm,
  pip,
  awsCli,
  docker,
  javaHttpClient,
  javaOkHttp,
  javaApache,
  javaSpring,
  javaFeign,
  javaJaxWs,
  debian,
  rhel,
  alpine,
  windows,
  macos,
  android,
  ios,
]
