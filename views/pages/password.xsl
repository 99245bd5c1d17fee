<?xml version="1.0" encoding="UTF-8"?>
<!--
  password: change of one's own password. Forced (first-login, expired): the document has no menu, so that only
  this and the logout can be reached.

  <password action="/password" reason="first-login|expired|voluntary" min="12" max="128" remembered="5" days="90">
    <field name="present" error="" required="1"/> <field name="new" …/> <field name="again" …/>
  </password>
    days: absent when the customer's passwords do not expire
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.password">
    <form class="card stack" method="post" action="{@action}" novalidate="novalidate">
      <xsl:call-template name="csrf"/>
      <xsl:call-template name="hiddens"/>
      <p class="lead">
        <xsl:choose>
          <xsl:when test="@reason = 'first-login'"><m:text key="password.lead.first-login"/></xsl:when>
          <xsl:when test="@reason = 'expired'"><m:text key="password.lead.expired"/></xsl:when>
          <xsl:otherwise><m:text key="password.lead.voluntary"/></xsl:otherwise>
        </xsl:choose>
      </p>
      <!-- Without a name it is not sent; password managers read it. -->
      <input type="text" class="hide" autocomplete="username" value="{/page/account/@login}" readonly="readonly" tabindex="-1" aria-hidden="true"/>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field[@name = 'present']"/>
        <xsl:with-param name="label" m:select="field.present-password"/>
        <xsl:with-param name="type" select="'password'"/>
        <xsl:with-param name="autocomplete" select="'current-password'"/>
      </xsl:call-template>
      <div class="rules">
        <p id="rules"><m:text key="password.rules"/></p>
        <ul>
          <li>
            <m:text key="password.rule-length">
              <m:arg name="min" select="@min"/><m:arg name="max" select="@max"/>
            </m:text>
          </li>
          <li><m:text key="password.rule-login-id"/></li>
          <li><m:text key="password.rule-common"/></li>
          <li><m:text key="password.rule-reused"><m:arg name="count" select="@remembered"/></m:text></li>
          <xsl:if test="@days"><li><m:text key="password.rule-days"><m:arg name="days" select="@days"/></m:text></li></xsl:if>
        </ul>
      </div>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field[@name = 'new']"/>
        <xsl:with-param name="label" m:select="field.new-password"/>
        <xsl:with-param name="type" select="'password'"/>
        <xsl:with-param name="autocomplete" select="'new-password'"/>
      </xsl:call-template>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field[@name = 'again']"/>
        <xsl:with-param name="label" m:select="field.new-password-again"/>
        <xsl:with-param name="type" select="'password'"/>
        <xsl:with-param name="autocomplete" select="'new-password'"/>
      </xsl:call-template>
      <p class="hint"><m:text key="form.required"/></p>
      <p class="buttons"><button class="primary"><m:text key="password.submit"/></button></p>
    </form>
  </xsl:template>

</xsl:stylesheet>
