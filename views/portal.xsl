<?xml version="1.0" encoding="UTF-8"?>
<!--
  portal.xsl: turns a page document into HTML: layout.xsl is the frame of every page, pages/NAME.xsl has the
  template "page.NAME" of /page/@name and says the shape of its document, components.xsl what they share.
  views/build/compile.xsl makes one stylesheet a language of all this, scripts/build/views calls it.
  Views decide nothing: texts come ready in the document or from messages/.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:include href="layout.xsl"/>
  <xsl:include href="components.xsl"/>

  <xsl:include href="pages/customers.xsl"/>
  <xsl:include href="pages/draft-confirm.xsl"/>
  <xsl:include href="pages/draft-form.xsl"/>
  <xsl:include href="pages/draft-lines.xsl"/>
  <xsl:include href="pages/error.xsl"/>
  <xsl:include href="pages/line-detail.xsl"/>
  <xsl:include href="pages/line-esim.xsl"/>
  <xsl:include href="pages/line-list.xsl"/>
  <xsl:include href="pages/login.xsl"/>
  <xsl:include href="pages/password.xsl"/>
  <xsl:include href="pages/request-cancel.xsl"/>
  <xsl:include href="pages/request-detail.xsl"/>
  <xsl:include href="pages/request-list.xsl"/>
  <xsl:include href="pages/request-menu.xsl"/>
  <xsl:include href="pages/schedule.xsl"/>
  <xsl:include href="pages/start.xsl"/>
  <xsl:include href="pages/static-error.xsl"/>

</xsl:stylesheet>
