"""Requirements as other tools hold them: CSV, XLSX, ReqIF. What comes in becomes a registry file of the user's own."""
